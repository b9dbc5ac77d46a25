import type { JsonObject, JsonValue } from '../../model/index.js'
import { copyOf, configFields, getField, setField } from './fields.js'
import type { FeatureGates } from './feature-gates.js'
import { isZero } from './decode.js'
import type { KubeletKnowledge } from './knowledge.js'

/** Defaults that hold only while a gate is on. Source: kubernetes v1.36.2 pkg/kubelet/apis/config/v1beta1/defaults.go. */
const GATED: readonly {
  readonly gate: string
  readonly path: readonly string[]
  readonly value: JsonValue
}[] = [
  {
    gate: 'KubeletCrashLoopBackOffMax',
    path: ['crashLoopBackOff', 'maxContainerRestartPeriod'],
    value: '5m0s',
  },
  {
    gate: 'KubeletEnsureSecretPulledImages',
    path: ['imagePullCredentialsVerificationPolicy'],
    value: 'NeverVerifyPreloadedImages',
  },
]

/** Source: kubernetes v1.36.2 pkg/kubelet/eviction/defaults_linux.go, DefaultEvictionHard. */
const EVICTION_HARD: Readonly<Record<string, string>> = {
  'memory.available': '100Mi',
  'nodefs.available': '10%',
  'nodefs.inodesFree': '5%',
  'imagefs.available': '15%',
  'imagefs.inodesFree': '5%',
}

/**
 * Fills unset fields with the defaults of KubeletConfiguration v1beta1, in place.
 * Source: kubernetes v1.36.2 pkg/kubelet/apis/config/v1beta1/defaults.go, SetDefaults_KubeletConfiguration.
 */
export function applyDefaults(config: JsonObject, knowledge: KubeletKnowledge, gates: FeatureGates): void {
  const gated = new Set(GATED.map((rule) => rule.path.join('.')))
  const before = {
    statusUpdates: getField(config, ['nodeStatusUpdateFrequency']),
    statusReports: getField(config, ['nodeStatusReportFrequency']),
    serialPulls: getField(config, ['serializeImagePulls']),
  }
  for (const field of configFields(knowledge.types)) {
    const value = getField(knowledge.defaults, field.path)
    if (value === undefined || gated.has(field.name)) continue
    if (isUnset(getField(config, field.path), field.type)) setField(config, field.path, copyOf(value))
  }
  for (const { gate, path, value } of GATED) {
    const field = configFields(knowledge.types).find((candidate) => candidate.name === path.join('.'))
    if (field === undefined || gates.enabled(gate) !== true) continue
    if (isUnset(getField(config, path), field.type)) setField(config, path, value)
  }
  // Reports follow updates where only updates are set.
  if (isZero(before.statusReports, 'duration') && !isZero(before.statusUpdates, 'duration')) {
    setField(config, ['nodeStatusReportFrequency'], before.statusUpdates ?? null)
  }
  const parallel = getField(config, ['maxParallelImagePulls'])
  if (before.serialPulls === undefined && typeof parallel === 'number' && parallel >= 2) {
    setField(config, ['serializeImagePulls'], false)
  }
  const pids = getField(config, ['podPidsLimit'])
  if (typeof pids === 'number' && pids < 0) setField(config, ['podPidsLimit'], -1)
}

// A list or map that is there but empty is set; a struct's leaf counts as unset at its zero value.
function isUnset(value: JsonValue | undefined, type: string): boolean {
  return value === undefined || isZero(value, type)
}

/** The flags' own defaults on top of the file's: what holds without --config. Source: cmd/kubelet/app/options/options.go, applyLegacyDefaults. */
export function applyFlagDefaults(config: JsonObject): void {
  for (const [path, value] of FLAG_DEFAULTS) setField(config, path, value)
}

const FLAG_DEFAULTS: readonly (readonly [readonly string[], JsonValue])[] = [
  [['authentication', 'anonymous', 'enabled'], true],
  [['authentication', 'webhook', 'enabled'], false],
  [['authorization', 'mode'], 'AlwaysAllow'],
  [['readOnlyPort'], 10255],
]

/** Thresholds that only a configuration file brings. Source: cmd/kubelet/app/server.go, loadConfigFile. */
export function applyEvictionDefaults(config: JsonObject): void {
  const own = getField(config, ['evictionHard'])
  if (own === undefined) setField(config, ['evictionHard'], { ...EVICTION_HARD })
  else if (getField(config, ['mergeDefaultEvictionSettings']) === true) {
    setField(config, ['evictionHard'], { ...EVICTION_HARD, ...(own as JsonObject) })
  }
}
