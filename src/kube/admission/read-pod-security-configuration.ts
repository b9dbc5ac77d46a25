import {
  readDocument,
  type DocNode,
  type DocumentFields,
  type DocumentPlace,
  type DocumentRead,
} from '../../text/index.js'
import {
  isLevel,
  POD_SECURITY_LEVELS,
  type PodSecurityLevel,
  type PodSecurityMode,
  type PodSecurityPolicies,
  type PodSecurityPolicy,
} from '../pod-security/index.js'

/** What holds for namespaces without labels, and who is let pass. */
export interface PodSecurityConfiguration {
  readonly defaults: PodSecurityPolicies
  readonly exemptions: {
    readonly usernames: readonly string[]
    readonly namespaces: readonly string[]
    readonly runtimeClasses: readonly string[]
  }
  /** Where the level that is enforced stands, or what it is absent from; likewise the exemptions. */
  readonly places: { readonly enforce: DocumentPlace; readonly exemptions: DocumentPlace }
}

const KINDS = ['v1', 'v1beta1', 'v1alpha1'].map((version) => ({
  kind: 'PodSecurityConfiguration',
  apiVersion: `pod-security.admission.config.k8s.io/${version}`,
}))

/**
 * Reads the configuration of the PodSecurity plug-in.
 * Source: k8s.io/pod-security-admission v0.36.3 admission/api/load/load.go, LoadFromData; admission/api/validation.
 */
export function readPodSecurityConfiguration(
  source: string | DocNode,
): DocumentRead<PodSecurityConfiguration> {
  return readDocument(source, KINDS, (config) => {
    const defaults = config.map('defaults')
    const exemptions = config.map('exemptions')
    const mode = (name: PodSecurityMode): PodSecurityPolicy => ({
      level: levelOf(defaults, name),
      version: versionOf(defaults, `${name}-version`),
    })
    return {
      defaults: { enforce: mode('enforce'), audit: mode('audit'), warn: mode('warn') },
      exemptions: {
        usernames: exempted(exemptions, 'usernames'),
        namespaces: exempted(exemptions, 'namespaces'),
        runtimeClasses: exempted(exemptions, 'runtimeClasses'),
      },
      places: {
        enforce: (defaults ?? config).placeOf(defaults === undefined ? 'defaults' : 'enforce'),
        exemptions: config.placeOf('exemptions'),
      },
    }
  })
}

function levelOf(defaults: DocumentFields | undefined, key: PodSecurityMode): PodSecurityLevel {
  const word = defaults?.text(key) ?? ''
  if (word === '') return 'privileged'
  if (isLevel(word)) return word
  return (defaults as DocumentFields).refuse(`must be one of ${POD_SECURITY_LEVELS.join(', ')}`, key)
}

/** Source: k8s.io/pod-security-admission v0.36.3 api/helpers.go, ParseVersion. */
function versionOf(defaults: DocumentFields | undefined, key: string): string {
  const word = defaults?.text(key) ?? ''
  if (word === '') return 'latest'
  if (word !== 'latest' && !/^v1\.(?:0|[1-9]\d{0,3})$/.test(word))
    defaults?.refuse('must be `latest` or `v1.x`', key)
  return word
}

function exempted(exemptions: DocumentFields | undefined, key: string): string[] {
  const names = exemptions?.texts(key) ?? []
  const empty = names.indexOf('')
  if (empty >= 0) exemptions?.refuse('must not be empty', key, empty)
  if (new Set(names).size !== names.length) exemptions?.refuse('names something twice', key)
  return names
}
