// Written by `npm run generate`: the checks of src/checks/<area>/, by id.
import { kubeletAddressAndPorts } from './kubelet/kubelet-address-and-ports.js'
import { kubeletAllowedUnsafeSysctls } from './kubelet/kubelet-allowed-unsafe-sysctls.js'
import { kubeletAnonymousAuth } from './kubelet/kubelet-anonymous-auth.js'
import { kubeletAuthorizationAlwaysAllow } from './kubelet/kubelet-authorization-always-allow.js'
import { kubeletBootstrapLeft } from './kubelet/kubelet-bootstrap-left.js'
import { kubeletCgroupV1 } from './kubelet/kubelet-cgroup-v1.js'
import { kubeletClientCa } from './kubelet/kubelet-client-ca.js'
import { kubeletConfigDrift } from './kubelet/kubelet-config-drift.js'
import { kubeletCredentialProviderDir } from './kubelet/kubelet-credential-provider-dir.js'
import { kubeletDebuggingHandlers } from './kubelet/kubelet-debugging-handlers.js'
import { kubeletDropinIgnored } from './kubelet/kubelet-dropin-ignored.js'
import { kubeletEventRate } from './kubelet/kubelet-event-rate.js'
import { kubeletFailOnSwap } from './kubelet/kubelet-fail-on-swap.js'
import { kubeletFlagsOnly } from './kubelet/kubelet-flags-only.js'
import { kubeletHostnameOverride } from './kubelet/kubelet-hostname-override.js'
import { kubeletIdentity } from './kubelet/kubelet-identity.js'
import { kubeletImageCredentialPolicy } from './kubelet/kubelet-image-credential-policy.js'
import { kubeletIptablesChains } from './kubelet/kubelet-iptables-chains.js'
import { kubeletMaxPods } from './kubelet/kubelet-max-pods.js'
import { kubeletPodPidsLimit } from './kubelet/kubelet-pod-pids-limit.js'
import { kubeletProfilingHandler } from './kubelet/kubelet-profiling-handler.js'
import { kubeletProtectKernelDefaults } from './kubelet/kubelet-protect-kernel-defaults.js'
import { kubeletReadOnlyPort } from './kubelet/kubelet-read-only-port.js'
import { kubeletRemovedFlag } from './kubelet/kubelet-removed-flag.js'
import { kubeletRotateCertificates } from './kubelet/kubelet-rotate-certificates.js'
import { kubeletSeccompDefault } from './kubelet/kubelet-seccomp-default.js'
import { kubeletServerCertificateRotation } from './kubelet/kubelet-server-certificate-rotation.js'
import { kubeletServingCertificate } from './kubelet/kubelet-serving-certificate.js'
import { kubeletStaticPodPath } from './kubelet/kubelet-static-pod-path.js'
import { kubeletStaticPodUnexpected } from './kubelet/kubelet-static-pod-unexpected.js'
import { kubeletStaticPodUrl } from './kubelet/kubelet-static-pod-url.js'
import { kubeletStreamingIdleTimeout } from './kubelet/kubelet-streaming-idle-timeout.js'
import { kubeletSystemLogHandler } from './kubelet/kubelet-system-log-handler.js'
import { kubeletTlsCiphers } from './kubelet/kubelet-tls-ciphers.js'
import { kubeletTlsMinVersion } from './kubelet/kubelet-tls-min-version.js'
import { kubeletWebhookAuthentication } from './kubelet/kubelet-webhook-authentication.js'
import { kubeletWillNotStart } from './kubelet/kubelet-will-not-start.js'
import type { AnyCheck } from './define-check.js'

/** All checks, by id. */
export const checks: readonly AnyCheck[] = [
  kubeletAddressAndPorts,
  kubeletAllowedUnsafeSysctls,
  kubeletAnonymousAuth,
  kubeletAuthorizationAlwaysAllow,
  kubeletBootstrapLeft,
  kubeletCgroupV1,
  kubeletClientCa,
  kubeletConfigDrift,
  kubeletCredentialProviderDir,
  kubeletDebuggingHandlers,
  kubeletDropinIgnored,
  kubeletEventRate,
  kubeletFailOnSwap,
  kubeletFlagsOnly,
  kubeletHostnameOverride,
  kubeletIdentity,
  kubeletImageCredentialPolicy,
  kubeletIptablesChains,
  kubeletMaxPods,
  kubeletPodPidsLimit,
  kubeletProfilingHandler,
  kubeletProtectKernelDefaults,
  kubeletReadOnlyPort,
  kubeletRemovedFlag,
  kubeletRotateCertificates,
  kubeletSeccompDefault,
  kubeletServerCertificateRotation,
  kubeletServingCertificate,
  kubeletStaticPodPath,
  kubeletStaticPodUnexpected,
  kubeletStaticPodUrl,
  kubeletStreamingIdleTimeout,
  kubeletSystemLogHandler,
  kubeletTlsCiphers,
  kubeletTlsMinVersion,
  kubeletWebhookAuthentication,
  kubeletWillNotStart,
]
