import {
  NO_POD_SECURITY,
  pluginEntry,
  readAdmissionConfiguration,
  readPodSecurityConfiguration,
  type PodSecurityConfiguration,
  type PodSecurityPolicies,
} from '../../kube/index.js'
import type { Estate } from '../../model/index.js'
import { apiserversOf } from './apiservers-of.js'
import { pluginDocument } from './plugin-document.js'

/** What holds in namespaces without labels of Pod Security, and where it does not hold. */
export interface PodSecurityDefaults {
  readonly policies: PodSecurityPolicies
  /** Namespaces that admission passes over. */
  readonly exempt: readonly string[]
  /** Where that was read: `host:/path`; absent where no file says anything. */
  readonly file?: string
}

const PLUGIN = 'PodSecurity'
const NOTHING: PodSecurityDefaults = { policies: NO_POD_SECURITY, exempt: [] }
const made = new WeakMap<Estate, PodSecurityDefaults>()

/**
 * The defaults that the admission configuration of the API server gives. Where no flags of an API server were seen (K3s and
 * RKE2 keep them in their own process), a file of that kind on a host speaks. Where several differ, the first host in the
 * order of names does.
 * Source: k8s.io/pod-security-admission v0.36.2 admission/api/v1/defaults.go; kubernetes.io, Configure the Admission
 * Controller.
 */
export function podSecurityDefaults(estate: Estate): PodSecurityDefaults {
  let known = made.get(estate)
  if (known === undefined) made.set(estate, (known = byFlags(estate) ?? byFiles(estate) ?? NOTHING))
  return known
}

/** What the API servers are told by their flags; undefined where no API server's flags were seen. */
function byFlags(estate: Estate): PodSecurityDefaults | undefined {
  let told: PodSecurityDefaults | undefined
  for (const apiserver of inOrder(apiserversOf(estate), ({ host }) => host ?? '')) {
    if (!apiserver.string('admission-control-config-file').known) continue
    told ??= NOTHING
    const document = pluginDocument(apiserver, PLUGIN, readPodSecurityConfiguration)
    if (!document.known || document.value === undefined) continue
    const { value, file } = document.value
    return defaultsOf(value, `${apiserver.host}:${file.path}`)
  }
  return told
}

function byFiles(estate: Estate): PodSecurityDefaults | undefined {
  for (const host of inOrder(estate.hosts, ({ name }) => name)) {
    for (const { path, text } of host.files.values()) {
      if (text?.includes('PodSecurityConfiguration') !== true) continue
      const configuration = configurationIn(text)
      if (configuration !== undefined) return defaultsOf(configuration, `${host.name}:${path}`)
    }
  }
  return undefined
}

/** The file itself, or the part of an AdmissionConfiguration that is for this plug-in. */
function configurationIn(text: string): PodSecurityConfiguration | undefined {
  const admission = readAdmissionConfiguration(text).value
  const source = admission === undefined ? text : pluginEntry(admission, PLUGIN)?.configuration
  return source === undefined ? undefined : readPodSecurityConfiguration(source).value
}

function defaultsOf({ defaults, exemptions }: PodSecurityConfiguration, file: string): PodSecurityDefaults {
  return { policies: defaults, exempt: exemptions.namespaces, file }
}

function inOrder<T>(values: readonly T[], name: (value: T) => string): T[] {
  return [...values].sort((a, b) => (name(a) < name(b) ? -1 : 1))
}
