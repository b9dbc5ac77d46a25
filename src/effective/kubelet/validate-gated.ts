import { scalarText } from '../../text/index.js'
import type { ConfigView } from './config-view.js'
import type { ValidationRule } from './validate.js'

const MILLISECOND = 1_000_000n
const SECOND = 1_000n * MILLISECOND

/** Rules that ask for a feature gate. A gate that a version does not know decides nothing. */
export const GATED_RULES: readonly ValidationRule[] = [
  { field: 'cpuCFSQuotaPeriod', check: quotaPeriod },
  {
    field: 'imageMaximumGCAge',
    check: (view) =>
      view.duration('imageMaximumGCAge') !== 0n && view.gate('ImageMaximumGCAge') === false
        ? '`imageMaximumGCAge` needs feature gate ImageMaximumGCAge'
        : undefined,
  },
  {
    field: 'serverTLSBootstrap',
    check: (view) =>
      view.on('serverTLSBootstrap') && view.gate('RotateKubeletServerCertificate') === false
        ? '`serverTLSBootstrap` needs feature gate RotateKubeletServerCertificate'
        : undefined,
  },
  { field: 'shutdownGracePeriod', check: shutdown },
  { field: 'shutdownGracePeriodByPodPriority', check: shutdownByPriority },
  { field: 'memorySwap.swapBehavior', check: swap },
  { field: 'crashLoopBackOff.maxContainerRestartPeriod', check: restartPeriod },
  { field: 'imagePullCredentialsVerificationPolicy', check: pullPolicy },
  { field: 'preloadedImagesVerificationAllowlist', check: pullAllowlist },
  { field: 'memoryReservationPolicy', check: memoryReservation },
  {
    field: 'enableSystemLogQuery',
    check: (view) => {
      if (!view.on('enableSystemLogQuery')) return undefined
      if (view.gate('NodeLogQuery') === false) return '`enableSystemLogQuery` needs feature gate NodeLogQuery'
      return view.on('enableSystemLogHandler')
        ? undefined
        : '`enableSystemLogQuery` needs `enableSystemLogHandler`'
    },
  },
]

function quotaPeriod(view: ConfigView): string | undefined {
  const period = view.duration('cpuCFSQuotaPeriod')
  if (view.gate('CustomCPUCFSQuotaPeriod') === false && period !== 100n * MILLISECOND) {
    return '`cpuCFSQuotaPeriod` needs feature gate CustomCPUCFSQuotaPeriod'
  }
  return view.gate('CustomCPUCFSQuotaPeriod') === true && (period < MILLISECOND || period > SECOND)
    ? '`cpuCFSQuotaPeriod` is not between 1ms and 1s'
    : undefined
}

function shutdown(view: ConfigView): string | undefined {
  const all = view.duration('shutdownGracePeriod')
  const critical = view.duration('shutdownGracePeriodCriticalPods')
  if (view.gate('GracefulNodeShutdown') === false) {
    return all > 0n || critical > 0n
      ? '`shutdownGracePeriod` needs feature gate GracefulNodeShutdown'
      : undefined
  }
  if (critical > all) return '`shutdownGracePeriodCriticalPods` is above `shutdownGracePeriod`'
  const wrong = [all, critical].some((period) => period < 0n || (period > 0n && period < SECOND))
  return wrong ? '`shutdownGracePeriod` or `shutdownGracePeriodCriticalPods` is below one second' : undefined
}

function shutdownByPriority(view: ConfigView): string | undefined {
  if (view.list('shutdownGracePeriodByPodPriority').length === 0) return undefined
  if (view.gate('GracefulNodeShutdownBasedOnPodPriority') === false) {
    return '`shutdownGracePeriodByPodPriority` needs feature gate GracefulNodeShutdownBasedOnPodPriority'
  }
  const both =
    view.duration('shutdownGracePeriod') > 0n || view.duration('shutdownGracePeriodCriticalPods') > 0n
  return both ? '`shutdownGracePeriodByPodPriority` stands beside `shutdownGracePeriod`' : undefined
}

function swap(view: ConfigView): string | undefined {
  const behaviour = view.text('memorySwap.swapBehavior')
  if (view.gate('NodeSwap') === false) {
    return behaviour === '' ? undefined : '`memorySwap.swapBehavior` needs feature gate NodeSwap'
  }
  return ['', 'NoSwap', 'LimitedSwap'].includes(behaviour)
    ? undefined
    : '`memorySwap.swapBehavior` is neither NoSwap nor LimitedSwap'
}

function restartPeriod(view: ConfigView): string | undefined {
  const set = view.value('crashLoopBackOff.maxContainerRestartPeriod') !== undefined
  const gate = view.gate('KubeletCrashLoopBackOffMax')
  if (gate === undefined) return undefined
  if (!gate)
    return set
      ? '`crashLoopBackOff.maxContainerRestartPeriod` needs feature gate KubeletCrashLoopBackOffMax'
      : undefined
  const period = view.duration('crashLoopBackOff.maxContainerRestartPeriod') / MILLISECOND
  return period < 1000n || period > 300_000n
    ? '`crashLoopBackOff.maxContainerRestartPeriod` is not between 1s and 300s'
    : undefined
}

const PULL_POLICIES = [
  'NeverVerify',
  'NeverVerifyPreloadedImages',
  'NeverVerifyAllowlistedImages',
  'AlwaysVerify',
]

function pullPolicy(view: ConfigView): string | undefined {
  const policy = view.text('imagePullCredentialsVerificationPolicy')
  const gate = view.gate('KubeletEnsureSecretPulledImages')
  if (gate === undefined) return undefined
  if (gate) {
    return PULL_POLICIES.includes(policy)
      ? undefined
      : '`imagePullCredentialsVerificationPolicy` is none of its words'
  }
  return policy === ''
    ? undefined
    : '`imagePullCredentialsVerificationPolicy` needs feature gate KubeletEnsureSecretPulledImages'
}

function pullAllowlist(view: ConfigView): string | undefined {
  const patterns = view.list('preloadedImagesVerificationAllowlist').map(scalarText)
  const gate = view.gate('KubeletEnsureSecretPulledImages')
  if (patterns.length === 0 || gate === undefined) return undefined
  if (!gate)
    return '`preloadedImagesVerificationAllowlist` needs feature gate KubeletEnsureSecretPulledImages'
  if (view.text('imagePullCredentialsVerificationPolicy') !== 'NeverVerifyAllowlistedImages') {
    return '`preloadedImagesVerificationAllowlist` needs the policy NeverVerifyAllowlistedImages'
  }
  return patterns.every(isImagePattern)
    ? undefined
    : '`preloadedImagesVerificationAllowlist` holds a word that is no image'
}

// Source: kubernetes v1.36.2 pkg/kubelet/images/pullmanager, getAllowlistImagePattern; names are checked for their signs only.
function isImagePattern(pattern: string): boolean {
  const wildcard = pattern.endsWith('/*')
  const name = wildcard ? pattern.slice(0, -1) : pattern
  if (name === '' || name.trim() !== name || name.includes('*')) return false
  if (wildcard) return name.length > 1
  return !name.includes('@') && !/:[^/]*$/.test(name) && !/[A-Z\s]/.test(name.split('/').slice(1).join('/'))
}

function memoryReservation(view: ConfigView): string | undefined {
  const policy = view.text('memoryReservationPolicy')
  if (policy === 'TieredReservation' && view.gate('MemoryQoS') === false) {
    return '`memoryReservationPolicy` TieredReservation needs feature gate MemoryQoS'
  }
  return ['None', 'TieredReservation'].includes(policy)
    ? undefined
    : '`memoryReservationPolicy` is none of its words'
}
