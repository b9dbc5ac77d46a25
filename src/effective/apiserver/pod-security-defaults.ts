import { isLevel, NO_POD_SECURITY, type PodSecurityMode, type PodSecurityPolicies } from '../../kube/index.js'
import {
  asList,
  asString,
  asStrings,
  field,
  isObject,
  type Estate,
  type JsonValue,
} from '../../model/index.js'
import { readYaml } from '../../text/index.js'

/** What holds in namespaces without labels of Pod Security, and where it does not hold. */
export interface PodSecurityDefaults {
  readonly policies: PodSecurityPolicies
  /** Namespaces that admission passes over. */
  readonly exempt: readonly string[]
  /** Where that was read: `host:/path`; absent where no file says anything. */
  readonly file?: string
}

const KIND = 'PodSecurityConfiguration'
const NOTHING: PodSecurityDefaults = { policies: NO_POD_SECURITY, exempt: [] }
const made = new WeakMap<Estate, PodSecurityDefaults>()

/**
 * The defaults that the admission configuration of an API server gives, from the files of its hosts. Where several
 * differ, the first host in the order of names speaks.
 * Source: k8s.io/pod-security-admission v0.36.2 admission/api/v1/defaults.go; kubernetes.io, Configure the Admission
 * Controller.
 */
export function podSecurityDefaults(estate: Estate): PodSecurityDefaults {
  let known = made.get(estate)
  if (known === undefined) made.set(estate, (known = find(estate)))
  return known
}

function find(estate: Estate): PodSecurityDefaults {
  for (const host of [...estate.hosts].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    for (const { path, text } of host.files.values()) {
      if (text?.includes(KIND) !== true) continue
      const configuration = configurationIn(readYaml(text).value)
      if (configuration !== undefined) return read(configuration, `${host.name}:${path}`)
    }
  }
  return NOTHING
}

/** The file itself, or the part of an AdmissionConfiguration that is for this plug-in. */
function configurationIn(value: JsonValue | undefined): JsonValue | undefined {
  if (field(value, 'kind') === KIND) return value
  const plugin = asList(field(value, 'plugins')).find((each) => field(each, 'name') === 'PodSecurity')
  const inside = field(plugin, 'configuration')
  return field(inside, 'kind') === KIND ? inside : undefined
}

function read(configuration: JsonValue, file: string): PodSecurityDefaults {
  const given = field(configuration, 'defaults')
  const policy = (mode: PodSecurityMode): PodSecurityPolicies['enforce'] => {
    const level = field(given, mode)
    return {
      level: isLevel(level) ? level : 'privileged',
      version: asString(field(given, `${mode}-version`)) ?? 'latest',
    }
  }
  const exemptions = field(configuration, 'exemptions')
  return {
    policies: { enforce: policy('enforce'), audit: policy('audit'), warn: policy('warn') },
    exempt: isObject(exemptions) ? asStrings(field(exemptions, 'namespaces')) : [],
    file,
  }
}
