import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { kubeletWith } from './example-kubelet.js'
import { unknown } from '../../model/index.js'
import { advice } from '../precondition.js'

/**
 * Flags that kubelets had once. Sources: the release notes of Kubernetes 1.20 to 1.35 (dockershim went in 1.24, the
 * flags of the log library in 1.26).
 */
const FORMER = new Set(
  (
    'add-dir-header alsologtostderr log-backtrace-at log-dir log-file log-file-max-size logtostderr one-output ' +
    'skip-headers skip-log-headers stderrthreshold cni-bin-dir cni-cache-dir cni-conf-dir docker docker-endpoint ' +
    'docker-env-metadata-whitelist docker-only docker-root docker-tls docker-tls-ca docker-tls-cert docker-tls-key ' +
    'experimental-dockershim-root-directory image-pull-progress-deadline network-plugin network-plugin-mtu ' +
    'non-masquerade-cidr redirect-container-streaming container-runtime master-service-namespace cloud-config ' +
    'register-schedulable pod-infra-container-image azure-container-registry-config keep-terminated-pod-volumes ' +
    'dynamic-config-dir seccomp-profile-root chaos-chance really-crash-for-testing ' +
    'enable-cadvisor-json-endpoints cadvisor-port allow-privileged bootstrap-checkpoint-path ' +
    'experimental-bootstrap-kubeconfig experimental-allocatable-ignore-eviction ' +
    'experimental-check-node-capabilities-before-mount experimental-kernel-memcg-notification ' +
    'experimental-logging-sanitization volume-stats-agg-period-seconds'
  ).split(' '),
)

/** The flag of older kubelets that a refusal names. */
function formerFlag(message: string): string | undefined {
  const name = /unknown flag: --([\w-]+)/.exec(message)?.[1]?.replaceAll('_', '-')
  return name !== undefined && FORMER.has(name) ? name : undefined
}

export const kubeletRemovedFlag = defineCheck({
  id: 'kubelet-removed-flag',
  title: 'The kubelet is given a flag that its version does not know',
  severity: 'high',
  because: 'the node is lost at the next restart of its kubelet',
  reach: 'host',
  appliesTo: 'kubelet',
  why: 'A flag that is gone stops the kubelet at its next start; what it once protected is not in force.',
  references: [kubernetesDocs('reference/config-api/kubelet-config.v1beta1/')],
  evaluate(kubelet, report) {
    const { refusal } = kubelet.config
    if (refusal === undefined) {
      const gap = kubelet.config.gaps[0]
      if (gap !== undefined) report.unknown(unknown(gap.reason, gap.detail, gap.origin))
      return
    }
    const former = formerFlag(refusal.message)
    if (former !== undefined && !kubelet.version.known) {
      const detail = `older kubelets know --${former}, and which version this one has was not found`
      return report.unknown(unknown('version-unknown', detail, refusal.origin))
    }
    if (/unknown flag/.test(refusal.message)) {
      report.fail(
        { origin: refusal.origin, key: 'refusal', message: refusal.message },
        {
          message: `the kubelet refuses to start: ${refusal.message}`,
          fix: advice('Correct what is named here, then restart the kubelet and see that it stays up.'),
        },
      )
    }
  },
  examples: {
    bad: kubeletWith('', '--no-such-flag=1'),
    good: kubeletWith(''),
  },
})
