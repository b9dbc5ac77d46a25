import { field, isObject, type JsonValue } from '../../model/index.js'

export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted'
export type PodSecurityMode = 'enforce' | 'audit' | 'warn'

export interface PodSecurityPolicy {
  readonly level: PodSecurityLevel
  /** `latest`, or `v1.36`. */
  readonly version: string
}

export type PodSecurityPolicies = Readonly<Record<PodSecurityMode, PodSecurityPolicy>>

/** A label that Pod Security admission does not take as it is written. */
export interface WrongPodSecurityLabel {
  readonly label: string
  readonly value: JsonValue
  /** What admission does instead, continues "it". */
  readonly effect: string
}

export interface PodSecurityLabels extends PodSecurityPolicies {
  readonly wrong: readonly WrongPodSecurityLabel[]
}

export const POD_SECURITY_PREFIX = 'pod-security.kubernetes.io/'
export const POD_SECURITY_LEVELS: readonly PodSecurityLevel[] = ['privileged', 'baseline', 'restricted']

const PRIVILEGED: PodSecurityPolicy = { level: 'privileged', version: 'latest' }
/** What holds where neither labels nor an AdmissionConfiguration say anything. */
export const NO_POD_SECURITY: PodSecurityPolicies = {
  enforce: PRIVILEGED,
  audit: PRIVILEGED,
  warn: PRIVILEGED,
}

const MODES = ['enforce', 'audit', 'warn'] as const
const KNOWN = new Set(MODES.flatMap((mode) => [mode, `${mode}-version`]))

/**
 * What Pod Security admission does in a namespace with these labels. A level that is none is restricted for enforce and
 * privileged for the others, a version that is none is the latest; warn follows a stricter enforce.
 * Source: k8s.io/pod-security-admission v0.36.2 api/helpers.go, PolicyToEvaluate.
 */
export function readPodSecurityLabels(
  labels: unknown,
  defaults: PodSecurityPolicies = NO_POD_SECURITY,
): PodSecurityLabels {
  const wrong: WrongPodSecurityLabel[] = []
  const [enforce, audit, warn] = MODES.map((mode) => readMode(labels, mode, defaults[mode], wrong))
  const policies = { enforce: enforce as PodSecurityPolicy, audit: audit as PodSecurityPolicy }
  const follows =
    field(labels, `${POD_SECURITY_PREFIX}warn`) === undefined &&
    isLevel(field(labels, `${POD_SECURITY_PREFIX}enforce`)) &&
    strictness(policies.enforce.level) > strictness((warn as PodSecurityPolicy).level)
  const ownVersion = field(labels, `${POD_SECURITY_PREFIX}warn-version`) !== undefined
  return {
    ...policies,
    warn: follows
      ? {
          level: policies.enforce.level,
          version: ownVersion ? (warn as PodSecurityPolicy).version : policies.enforce.version,
        }
      : (warn as PodSecurityPolicy),
    wrong: [...wrong, ...unknownLabels(labels)],
  }
}

/** From least to most: 0 for privileged. */
export function strictness(level: PodSecurityLevel): number {
  return POD_SECURITY_LEVELS.indexOf(level)
}

function readMode(
  labels: unknown,
  mode: PodSecurityMode,
  given: PodSecurityPolicy,
  wrong: WrongPodSecurityLabel[],
): PodSecurityPolicy {
  const level = field(labels, `${POD_SECURITY_PREFIX}${mode}`)
  const version = field(labels, `${POD_SECURITY_PREFIX}${mode}-version`)
  const refused = level !== undefined && !isLevel(level)
  if (refused) {
    wrong.push({
      label: `${POD_SECURITY_PREFIX}${mode}`,
      value: level,
      effect:
        mode === 'enforce' ? 'enforces restricted' : `${mode === 'audit' ? 'records' : 'warns of'} nothing`,
    })
  }
  if (version !== undefined && !isVersion(version)) {
    wrong.push({
      label: `${POD_SECURITY_PREFIX}${mode}-version`,
      value: version,
      effect: 'takes the latest version',
    })
  }
  return {
    level: refused
      ? mode === 'enforce'
        ? 'restricted'
        : 'privileged'
      : isLevel(level)
        ? level
        : given.level,
    version: version === undefined ? given.version : isVersion(version) ? version : 'latest',
  }
}

/** Labels of the prefix that nobody reads: `enforced`, `level`. */
function unknownLabels(labels: unknown): WrongPodSecurityLabel[] {
  if (!isObject(labels)) return []
  return Object.entries(labels).flatMap(([label, value]) =>
    label.startsWith(POD_SECURITY_PREFIX) && !KNOWN.has(label.slice(POD_SECURITY_PREFIX.length))
      ? [{ label, value: value ?? null, effect: 'is read by nobody' }]
      : [],
  )
}

export function isLevel(value: unknown): value is PodSecurityLevel {
  return POD_SECURITY_LEVELS.includes(value as PodSecurityLevel)
}

/** Source: the same, ParseVersion. */
function isVersion(value: unknown): value is string {
  return typeof value === 'string' && /^(?:latest|v1\.(?:\d|[1-9]\d{1,8}))$/.test(value)
}
