import type { ValidationRule } from './validate.js'

type Bounds = readonly [field: string, least: number, most: number, also?: number]

const UNLIMITED = Number.POSITIVE_INFINITY

// Source: kubernetes v1.36.2 pkg/kubelet/apis/config/validation/validation.go; the fourth is allowed beside the range.
const BOUNDS: readonly Bounds[] = [
  ['nodeLeaseDurationSeconds', 1, UNLIMITED],
  ['eventBurst', 0, UNLIMITED],
  ['eventRecordQPS', 0, UNLIMITED],
  ['healthzPort', 1, 65535, 0],
  ['imageGCHighThresholdPercent', 0, 100],
  ['imageGCLowThresholdPercent', 0, 100],
  ['iptablesDropBit', 0, 31],
  ['iptablesMasqueradeBit', 0, 31],
  ['kubeAPIBurst', 0, UNLIMITED],
  ['kubeAPIQPS', 0, UNLIMITED],
  ['nodeStatusMaxImages', -1, UNLIMITED],
  ['maxOpenFiles', 0, UNLIMITED],
  ['maxPods', 0, UNLIMITED],
  ['oomScoreAdj', -1000, 1000],
  ['podsPerCore', 0, UNLIMITED],
  ['port', 1, 65535],
  ['readOnlyPort', 1, 65535, 0],
  ['registryBurst', 0, UNLIMITED],
  ['registryPullQPS', 0, UNLIMITED],
  ['containerLogMaxWorkers', 1, UNLIMITED],
  ['containerLogMaxFiles', 2, UNLIMITED],
]

const SECOND = 1_000_000_000n

export const NUMBER_RULES: readonly ValidationRule[] = [
  ...BOUNDS.map(bounded),
  {
    field: 'imageGCLowThresholdPercent',
    check: (view) =>
      view.number('imageGCLowThresholdPercent') >= view.number('imageGCHighThresholdPercent')
        ? '`imageGCLowThresholdPercent` is not below `imageGCHighThresholdPercent`'
        : undefined,
  },
  {
    field: 'imageMinimumGCAge',
    check: (view) =>
      view.minor >= 36 && view.duration('imageMinimumGCAge') < 0n
        ? '`imageMinimumGCAge` is negative'
        : undefined,
  },
  {
    field: 'imageMaximumGCAge',
    check: (view) => {
      const age = view.duration('imageMaximumGCAge')
      if (age < 0n) return '`imageMaximumGCAge` is negative'
      if (age > 0n && age <= view.duration('imageMinimumGCAge')) {
        return '`imageMaximumGCAge` is not above `imageMinimumGCAge`'
      }
      return undefined
    },
  },
  {
    field: 'maxParallelImagePulls',
    check: (view) => {
      const pulls = view.value('maxParallelImagePulls')
      if (typeof pulls !== 'number') return undefined
      if (pulls < 1) return '`maxParallelImagePulls` is not a positive number'
      return pulls > 1 && view.on('serializeImagePulls')
        ? '`maxParallelImagePulls` is above 1 while `serializeImagePulls` is true'
        : undefined
    },
  },
  {
    field: 'containerLogMonitorInterval',
    check: (view) =>
      view.duration('containerLogMonitorInterval') < 3n * SECOND
        ? '`containerLogMonitorInterval` is below 3 seconds'
        : undefined,
  },
  {
    field: 'memoryThrottlingFactor',
    check: (view) => {
      const factor = view.value('memoryThrottlingFactor')
      if (factor === undefined)
        return view.gate('MemoryQoS') === true && view.minor <= 36
          ? '`memoryThrottlingFactor` is missing'
          : undefined
      return typeof factor === 'number' && (factor <= 0 || factor > 1)
        ? '`memoryThrottlingFactor` is not above 0 and at most 1'
        : undefined
    },
  },
  {
    field: 'userNamespaces.idsPerPod',
    check: (view) => {
      const ids = view.value('userNamespaces.idsPerPod')
      if (typeof ids !== 'number') return undefined
      return ids < 65536 || ids % 65536 !== 0 || ids > 2 ** 32 - 1
        ? '`userNamespaces.idsPerPod` is not a multiple of 65536 below 4294967296'
        : undefined
    },
  },
  {
    field: 'tracing.samplingRatePerMillion',
    check: (view) => {
      const rate = view.value('tracing.samplingRatePerMillion')
      return typeof rate === 'number' && (rate < 0 || rate > 1_000_000)
        ? '`tracing.samplingRatePerMillion` is not between 0 and 1000000'
        : undefined
    },
  },
]

function bounded([field, least, most, also]: Bounds): ValidationRule {
  return {
    field,
    check: (view) => {
      const value = view.number(field)
      if ((value >= least && value <= most) || value === also) return undefined
      return `\`${field}\` is ${value}, outside of ${least} to ${most === UNLIMITED ? 'any' : most}`
    },
  }
}
