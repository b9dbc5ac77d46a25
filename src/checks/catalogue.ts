// Written by `npm run generate`: the checks of src/checks/<area>/, by id.
import { admissionGatekeeperRepoPrefix } from './admission/admission-gatekeeper-repo-prefix.js'
import { admissionImagePolicy } from './admission/admission-image-policy.js'
import { admissionKyvernoAudit } from './admission/admission-kyverno-audit.js'
import { admissionMutatingPolicy } from './admission/admission-mutating-policy.js'
import { admissionNoPolicyEngine } from './admission/admission-no-policy-engine.js'
import { admissionVapAuditOnly } from './admission/admission-vap-audit-only.js'
import { admissionVapParamMissing } from './admission/admission-vap-param-missing.js'
import { admissionVapUnbound } from './admission/admission-vap-unbound.js'
import { admissionWebhookCa } from './admission/admission-webhook-ca.js'
import { admissionWebhookDangling } from './admission/admission-webhook-dangling.js'
import { admissionWebhookExempts } from './admission/admission-webhook-exempts.js'
import { admissionWebhookIgnore } from './admission/admission-webhook-ignore.js'
import { admissionWebhookLockout } from './admission/admission-webhook-lockout.js'
import { admissionWebhookTimeout } from './admission/admission-webhook-timeout.js'
import { admissionWebhookUrlPlain } from './admission/admission-webhook-url-plain.js'
import { apiserverAdmissionAlwaysAdmit } from './apiserver/apiserver-admission-always-admit.js'
import { apiserverAdmissionAlwaysPullImages } from './apiserver/apiserver-admission-always-pull-images.js'
import { apiserverAdmissionCertificateApproval } from './apiserver/apiserver-admission-certificate-approval.js'
import { apiserverAdmissionCertificateSigning } from './apiserver/apiserver-admission-certificate-signing.js'
import { apiserverAdmissionCertificateSubjectRestriction } from './apiserver/apiserver-admission-certificate-subject-restriction.js'
import { apiserverAdmissionEventRateLimit } from './apiserver/apiserver-admission-event-rate-limit.js'
import { apiserverAdmissionImagePolicyWebhook } from './apiserver/apiserver-admission-image-policy-webhook.js'
import { apiserverAdmissionMutatingWebhook } from './apiserver/apiserver-admission-mutating-webhook.js'
import { apiserverAdmissionNamespaceAutoProvision } from './apiserver/apiserver-admission-namespace-auto-provision.js'
import { apiserverAdmissionNamespaceLifecycle } from './apiserver/apiserver-admission-namespace-lifecycle.js'
import { apiserverAdmissionNodeRestriction } from './apiserver/apiserver-admission-node-restriction.js'
import { apiserverAdmissionPodSecurity } from './apiserver/apiserver-admission-pod-security.js'
import { apiserverAdmissionServiceAccount } from './apiserver/apiserver-admission-service-account.js'
import { apiserverAdmissionValidatingAdmissionPolicy } from './apiserver/apiserver-admission-validating-admission-policy.js'
import { apiserverAdmissionValidatingWebhook } from './apiserver/apiserver-admission-validating-webhook.js'
import { apiserverAllowPrivileged } from './apiserver/apiserver-allow-privileged.js'
import { apiserverAlphaApis } from './apiserver/apiserver-alpha-apis.js'
import { apiserverAnonymousAuth } from './apiserver/apiserver-anonymous-auth.js'
import { apiserverAuditLeaksSecrets } from './apiserver/apiserver-audit-leaks-secrets.js'
import { apiserverAuditLog } from './apiserver/apiserver-audit-log.js'
import { apiserverAuditMaxage } from './apiserver/apiserver-audit-maxage.js'
import { apiserverAuditMaxbackup } from './apiserver/apiserver-audit-maxbackup.js'
import { apiserverAuditMaxsize } from './apiserver/apiserver-audit-maxsize.js'
import { apiserverAuditPolicy } from './apiserver/apiserver-audit-policy.js'
import { apiserverAuditPolicyCoverage } from './apiserver/apiserver-audit-policy-coverage.js'
import { apiserverAuditWithoutPolicy } from './apiserver/apiserver-audit-without-policy.js'
import { apiserverAuthnWebhookInsecure } from './apiserver/apiserver-authn-webhook-insecure.js'
import { apiserverAuthorizationAbac } from './apiserver/apiserver-authorization-abac.js'
import { apiserverAuthorizationAlwaysAllow } from './apiserver/apiserver-authorization-always-allow.js'
import { apiserverAuthorizationConfigShadowed } from './apiserver/apiserver-authorization-config-shadowed.js'
import { apiserverAuthorizationNode } from './apiserver/apiserver-authorization-node.js'
import { apiserverAuthorizationOrder } from './apiserver/apiserver-authorization-order.js'
import { apiserverAuthorizationRbac } from './apiserver/apiserver-authorization-rbac.js'
import { apiserverAuthorizationWebhookFailOpen } from './apiserver/apiserver-authorization-webhook-fail-open.js'
import { apiserverAuthzWebhookInsecure } from './apiserver/apiserver-authz-webhook-insecure.js'
import { apiserverBasicAuth } from './apiserver/apiserver-basic-auth.js'
import { apiserverBootstrapTokens } from './apiserver/apiserver-bootstrap-tokens.js'
import { apiserverClientCa } from './apiserver/apiserver-client-ca.js'
import { apiserverCors } from './apiserver/apiserver-cors.js'
import { apiserverDebugSocket } from './apiserver/apiserver-debug-socket.js'
import { apiserverDenyExternalIps } from './apiserver/apiserver-deny-external-ips.js'
import { apiserverDrift } from './apiserver/apiserver-drift.js'
import { apiserverEncryptionConfig } from './apiserver/apiserver-encryption-config.js'
import { apiserverEncryptionKms } from './apiserver/apiserver-encryption-kms.js'
import { apiserverEncryptionKmsV1 } from './apiserver/apiserver-encryption-kms-v1.js'
import { apiserverEncryptionProviders } from './apiserver/apiserver-encryption-providers.js'
import { apiserverEtcdCa } from './apiserver/apiserver-etcd-ca.js'
import { apiserverEtcdTls } from './apiserver/apiserver-etcd-tls.js'
import { apiserverFeatureGatesAlpha } from './apiserver/apiserver-feature-gates-alpha.js'
import { apiserverGoaway } from './apiserver/apiserver-goaway.js'
import { apiserverInsecureBind } from './apiserver/apiserver-insecure-bind.js'
import { apiserverInsecurePort } from './apiserver/apiserver-insecure-port.js'
import { apiserverKubeletCa } from './apiserver/apiserver-kubelet-ca.js'
import { apiserverKubeletClientCert } from './apiserver/apiserver-kubelet-client-cert.js'
import { apiserverOidcUnprefixed } from './apiserver/apiserver-oidc-unprefixed.js'
import { apiserverPodSecurityConfig } from './apiserver/apiserver-pod-security-config.js'
import { apiserverProfiling } from './apiserver/apiserver-profiling.js'
import { apiserverRemovedFlag } from './apiserver/apiserver-removed-flag.js'
import { apiserverRequestLimits } from './apiserver/apiserver-request-limits.js'
import { apiserverRequestTimeout } from './apiserver/apiserver-request-timeout.js'
import { apiserverRequestheader } from './apiserver/apiserver-requestheader.js'
import { apiserverSecurePort0 } from './apiserver/apiserver-secure-port-0.js'
import { apiserverServiceAccountApiAudiences } from './apiserver/apiserver-service-account-api-audiences.js'
import { apiserverServiceAccountExtendTokenExpiration } from './apiserver/apiserver-service-account-extend-token-expiration.js'
import { apiserverServiceAccountIssuer } from './apiserver/apiserver-service-account-issuer.js'
import { apiserverServiceAccountKeyFile } from './apiserver/apiserver-service-account-key-file.js'
import { apiserverServiceAccountLookup } from './apiserver/apiserver-service-account-lookup.js'
import { apiserverServiceAccountMaxTokenExpiration } from './apiserver/apiserver-service-account-max-token-expiration.js'
import { apiserverServingCert } from './apiserver/apiserver-serving-cert.js'
import { apiserverTlsCiphers } from './apiserver/apiserver-tls-ciphers.js'
import { apiserverTlsMinVersion } from './apiserver/apiserver-tls-min-version.js'
import { apiserverTokenAuthFile } from './apiserver/apiserver-token-auth-file.js'
import { apiserverWillNotStart } from './apiserver/apiserver-will-not-start.js'
import { apiserviceInsecure } from './admission/apiservice-insecure.js'
import { certAdminShared } from './certificates/cert-admin-shared.js'
import { certCaKeyOnWorker } from './certificates/cert-ca-key-on-worker.js'
import { certCsrLegacyUnknown } from './certificates/cert-csr-legacy-unknown.js'
import { certCsrServiceAccount } from './certificates/cert-csr-service-account.js'
import { certEku } from './certificates/cert-eku.js'
import { certExpired } from './certificates/cert-expired.js'
import { certExpiring } from './certificates/cert-expiring.js'
import { certKeyMismatch } from './certificates/cert-key-mismatch.js'
import { certLife } from './certificates/cert-life.js'
import { certMissingSan } from './certificates/cert-missing-san.js'
import { certSharedCa } from './certificates/cert-shared-ca.js'
import { certSystemMasters } from './certificates/cert-system-masters.js'
import { certUsers } from './certificates/cert-users.js'
import { certWeak } from './certificates/cert-weak.js'
import { clientConfigPlainAuths } from './docker-client/client-config-plain-auths.js'
import { clientContextsWithKeys } from './docker-client/client-contexts-with-keys.js'
import { clientHostShadowsContext } from './docker-client/client-host-shadows-context.js'
import { clientHostTcpPlain } from './docker-client/client-host-tcp-plain.js'
import { clientKeyReadable } from './docker-client/client-key-readable.js'
import { clientTlsUnverified } from './docker-client/client-tls-unverified.js'
import { cloudAksPodIdentityOld } from './cloud/cloud-aks-pod-identity-old.js'
import { cloudEksAccessEntriesUnknown } from './cloud/cloud-eks-access-entries-unknown.js'
import { cloudEksAwsAuthBroad } from './cloud/cloud-eks-aws-auth-broad.js'
import { cloudEksAwsAuthMasters } from './cloud/cloud-eks-aws-auth-masters.js'
import { cloudEksAwsAuthUnparsable } from './cloud/cloud-eks-aws-auth-unparsable.js'
import { cloudGkeLegacyMetadata } from './cloud/cloud-gke-legacy-metadata.js'
import { cloudIrsaMissing } from './cloud/cloud-irsa-missing.js'
import { containerApparmorUnconfined } from './containers/container-apparmor-unconfined.js'
import { containerCapabilities } from './containers/container-capabilities.js'
import { containerDevices } from './containers/container-devices.js'
import { containerDockerSocket } from './containers/container-docker-socket.js'
import { containerEnvSecrets } from './containers/container-env-secrets.js'
import { containerHostIpc } from './containers/container-host-ipc.js'
import { containerHostNet } from './containers/container-host-net.js'
import { containerHostPid } from './containers/container-host-pid.js'
import { containerHostUts } from './containers/container-host-uts.js'
import { containerImageLatest } from './containers/container-image-latest.js'
import { containerMountPropagation } from './containers/container-mount-propagation.js'
import { containerNoCpuLimit } from './containers/container-no-cpu-limit.js'
import { containerNoHealthcheck } from './containers/container-no-healthcheck.js'
import { containerNoMemoryLimit } from './containers/container-no-memory-limit.js'
import { containerNoNewPrivileges } from './containers/container-no-new-privileges.js'
import { containerNoPidsLimit } from './containers/container-no-pids-limit.js'
import { containerPrivileged } from './containers/container-privileged.js'
import { containerPublishedAllInterfaces } from './containers/container-published-all-interfaces.js'
import { containerRestartAlways } from './containers/container-restart-always.js'
import { containerRootUser } from './containers/container-root-user.js'
import { containerRuntimeUnknown } from './containers/container-runtime-unknown.js'
import { containerSeccompUnconfined } from './containers/container-seccomp-unconfined.js'
import { containerSelinuxDisabled } from './containers/container-selinux-disabled.js'
import { containerSensitiveMounts } from './containers/container-sensitive-mounts.js'
import { containerUsernsHost } from './containers/container-userns-host.js'
import { containerWritableRootfs } from './containers/container-writable-rootfs.js'
import { containerdDeviceOwnership } from './containerd/containerd-device-ownership.js'
import { containerdDisableApparmor } from './containerd/containerd-disable-apparmor.js'
import { containerdPrivilegedAnnotations } from './containerd/containerd-privileged-annotations.js'
import { containerdRegistryAuthInConfig } from './containerd/containerd-registry-auth-in-config.js'
import { containerdRegistryInsecure } from './containerd/containerd-registry-insecure.js'
import { containerdSelinuxOff } from './containerd/containerd-selinux-off.js'
import { containerdSocketMode } from './containerd/containerd-socket-mode.js'
import { containerdStreamServerPublic } from './containerd/containerd-stream-server-public.js'
import { containerdTcpAddress } from './containerd/containerd-tcp-address.js'
import { containerdUnsetSeccomp } from './containerd/containerd-unset-seccomp.js'
import { containerdVersion } from './containerd/containerd-version.js'
import { controllerManagerAlwaysAllowPaths } from './controller-manager/controller-manager-always-allow-paths.js'
import { controllerManagerBindAddress } from './controller-manager/controller-manager-bind-address.js'
import { controllerManagerClusterSigningDuration } from './controller-manager/controller-manager-cluster-signing-duration.js'
import { controllerManagerHostpathProvisioner } from './controller-manager/controller-manager-hostpath-provisioner.js'
import { controllerManagerProfiling } from './controller-manager/controller-manager-profiling.js'
import { controllerManagerRootCa } from './controller-manager/controller-manager-root-ca.js'
import { controllerManagerRotateKubeletServerCert } from './controller-manager/controller-manager-rotate-kubelet-server-cert.js'
import { controllerManagerServiceAccountCredentials } from './controller-manager/controller-manager-service-account-credentials.js'
import { controllerManagerServiceAccountKey } from './controller-manager/controller-manager-service-account-key.js'
import { controllerManagerTerminatedPodGc } from './controller-manager/controller-manager-terminated-pod-gc.js'
import { controllerManagerTlsCiphers } from './controller-manager/controller-manager-tls-ciphers.js'
import { controllerManagerTlsMinVersion } from './controller-manager/controller-manager-tls-min-version.js'
import { crdConversionWebhook } from './admission/crd-conversion-webhook.js'
import { crioApparmorOff } from './crio/crio-apparmor-off.js'
import { crioDefaultCapabilities } from './crio/crio-default-capabilities.js'
import { crioHooksDirWritable } from './crio/crio-hooks-dir-writable.js'
import { crioInsecureRegistries } from './crio/crio-insecure-registries.js'
import { crioSeccompUnconfined } from './crio/crio-seccomp-unconfined.js'
import { daemonAllowDirectRouting } from './docker/daemon-allow-direct-routing.js'
import { daemonAuthorizationPlugin } from './docker/daemon-authorization-plugin.js'
import { daemonCgroupParent } from './docker/daemon-cgroup-parent.js'
import { daemonContainerdSocket } from './docker/daemon-containerd-socket.js'
import { daemonDebug } from './docker/daemon-debug.js'
import { daemonDefaultRuntime } from './docker/daemon-default-runtime.js'
import { daemonDefaultUlimits } from './docker/daemon-default-ulimits.js'
import { daemonExperimental } from './docker/daemon-experimental.js'
import { daemonFeaturesCdi } from './docker/daemon-features-cdi.js'
import { daemonIcc } from './docker/daemon-icc.js'
import { daemonInsecureRegistries } from './docker/daemon-insecure-registries.js'
import { daemonIptablesOff } from './docker/daemon-iptables-off.js'
import { daemonIpv6Ip6tables } from './docker/daemon-ipv6-ip6tables.js'
import { daemonLiveRestore } from './docker/daemon-live-restore.js'
import { daemonLogDriverRotation } from './docker/daemon-log-driver-rotation.js'
import { daemonLogLevel } from './docker/daemon-log-level.js'
import { daemonMetricsAddr } from './docker/daemon-metrics-addr.js'
import { daemonNoNewPrivileges } from './docker/daemon-no-new-privileges.js'
import { daemonPublicAddress } from './docker/daemon-public-address.js'
import { daemonRegistryMirrors } from './docker/daemon-registry-mirrors.js'
import { daemonRootless } from './docker/daemon-rootless.js'
import { daemonSeccompUnconfined } from './docker/daemon-seccomp-unconfined.js'
import { daemonStorageDriver } from './docker/daemon-storage-driver.js'
import { daemonTcpWithoutTls } from './docker/daemon-tcp-without-tls.js'
import { daemonTlsVerifyOff } from './docker/daemon-tls-verify-off.js'
import { daemonUnitAndJsonHostsConflict } from './docker/daemon-unit-and-json-hosts-conflict.js'
import { daemonUnknownKey } from './docker/daemon-unknown-key.js'
import { daemonUserlandProxy } from './docker/daemon-userland-proxy.js'
import { daemonUsernsRemap } from './docker/daemon-userns-remap.js'
import { daemonVerifyWithoutCa } from './docker/daemon-verify-without-ca.js'
import { daemonVersion } from './docker/daemon-version.js'
import { daemonWillNotStart } from './docker/daemon-will-not-start.js'
import { dashboardArchived } from './dashboards/dashboard-archived.js'
import { dashboardArgoServerAuthModeServer } from './dashboards/dashboard-argo-server-auth-mode-server.js'
import { dashboardArgocdAnonymous } from './dashboards/dashboard-argocd-anonymous.js'
import { dashboardArgocdDefaultAdmin } from './dashboards/dashboard-argocd-default-admin.js'
import { dashboardArgocdInsecure } from './dashboards/dashboard-argocd-insecure.js'
import { dashboardAuthHeaderProxyOpen } from './dashboards/dashboard-auth-header-proxy-open.js'
import { dashboardClusterAdminAccount } from './dashboards/dashboard-cluster-admin-account.js'
import { dashboardDisableSettingsAuthorizer } from './dashboards/dashboard-disable-settings-authorizer.js'
import { dashboardExposed } from './dashboards/dashboard-exposed.js'
import { dashboardGrafanaAnonymous } from './dashboards/dashboard-grafana-anonymous.js'
import { dashboardHeadlampInClusterNoOidc } from './dashboards/dashboard-headlamp-in-cluster-no-oidc.js'
import { dashboardInsecureLogin } from './dashboards/dashboard-insecure-login.js'
import { dashboardInsecurePort } from './dashboards/dashboard-insecure-port.js'
import { dashboardSkipLogin } from './dashboards/dashboard-skip-login.js'
import { dockerAuditd } from './docker/docker-auditd.js'
import { dockerDataRootMode } from './docker/docker-data-root-mode.js'
import { dockerFiles } from './docker/docker-files.js'
import { dockerGroupMembers } from './docker/docker-group-members.js'
import { dockerPartition } from './docker/docker-partition.js'
import { endpointManual } from './services/endpoint-manual.js'
import { etcdAutoTls } from './etcd/etcd-auto-tls.js'
import { etcdCiphers } from './etcd/etcd-ciphers.js'
import { etcdClientCertAuth } from './etcd/etcd-client-cert-auth.js'
import { etcdDataDir } from './etcd/etcd-data-dir.js'
import { etcdListenAll } from './etcd/etcd-listen-all.js'
import { etcdPeerAutoTls } from './etcd/etcd-peer-auto-tls.js'
import { etcdPeerCert } from './etcd/etcd-peer-cert.js'
import { etcdPeerClientCertAuth } from './etcd/etcd-peer-client-cert-auth.js'
import { etcdPlainHttp } from './etcd/etcd-plain-http.js'
import { etcdServerCert } from './etcd/etcd-server-cert.js'
import { etcdSharedCa } from './etcd/etcd-shared-ca.js'
import { etcdVersion } from './etcd/etcd-version.js'
import { exceptionExpired } from './exceptions/exception-expired.js'
import { exceptionInvalid } from './exceptions/exception-invalid.js'
import { fileArgsSnap } from './files/file-args-snap.js'
import { fileAuditLog } from './files/file-audit-log.js'
import { fileCni } from './files/file-cni.js'
import { fileEncryptionConfig } from './files/file-encryption-config.js'
import { fileEtcdEnv } from './files/file-etcd-env.js'
import { fileKubeconfigs } from './files/file-kubeconfigs.js'
import { fileManifests } from './files/file-manifests.js'
import { filePkiCrt } from './files/file-pki-crt.js'
import { filePkiDir } from './files/file-pki-dir.js'
import { filePkiKey } from './files/file-pki-key.js'
import { fileSuperAdmin } from './files/file-super-admin.js'
import { gatewayAllowedRoutesAll } from './gateway/gateway-allowed-routes-all.js'
import { gatewayBackendTlsAbsent } from './gateway/gateway-backend-tls-absent.js'
import { gatewayClientCertificateFallback } from './gateway/gateway-client-certificate-fallback.js'
import { gatewayListenerHttpOnly } from './gateway/gateway-listener-http-only.js'
import { gatewayReferenceGrantWide } from './gateway/gateway-reference-grant-wide.js'
import { gatewayRouteCrossNamespace } from './gateway/gateway-route-cross-namespace.js'
import { gatewayTlsPassthroughNone } from './gateway/gateway-tls-passthrough-none.js'
import { gatewayWildcardListener } from './gateway/gateway-wildcard-listener.js'
import { ingressAuthMissingConsole } from './ingress/ingress-auth-missing-console.js'
import { ingressDefaultBackend } from './ingress/ingress-default-backend.js'
import { ingressDuplicateHostPath } from './ingress/ingress-duplicate-host-path.js'
import { ingressEmptyHost } from './ingress/ingress-empty-host.js'
import { ingressNginxAnnotation } from './ingress/ingress-nginx-annotation.js'
import { ingressNginxConfig } from './ingress/ingress-nginx-config.js'
import { ingressNginxF5Snippets } from './ingress/ingress-nginx-f5-snippets.js'
import { ingressNginxRetired } from './ingress/ingress-nginx-retired.js'
import { ingressNginxVersion } from './ingress/ingress-nginx-version.js'
import { ingressNoTls } from './ingress/ingress-no-tls.js'
import { ingressPlainRedirectOff } from './ingress/ingress-plain-redirect-off.js'
import { ingressTlsHostMismatch } from './ingress/ingress-tls-host-mismatch.js'
import { ingressTlsSecretMissing } from './ingress/ingress-tls-secret-missing.js'
import { ingressTraefikInsecureApi } from './ingress/ingress-traefik-insecure-api.js'
import { ingressWildcardHost } from './ingress/ingress-wildcard-host.js'
import { istioGatewayWildcard } from './gateway/istio-gateway-wildcard.js'
import { istioPermissive } from './gateway/istio-permissive.js'
import { kubeProxyHealthzNodeport } from './kube-proxy/kube-proxy-healthz-nodeport.js'
import { kubeProxyMetricsBind } from './kube-proxy/kube-proxy-metrics-bind.js'
import { kubeletAddressAndPorts } from './kubelet/kubelet-address-and-ports.js'
import { kubeletAllowedUnsafeSysctls } from './kubelet/kubelet-allowed-unsafe-sysctls.js'
import { kubeletAnonymousAuth } from './kubelet/kubelet-anonymous-auth.js'
import { kubeletApiserverClient } from './kubelet/kubelet-apiserver-client.js'
import { kubeletAuthorizationAlwaysAllow } from './kubelet/kubelet-authorization-always-allow.js'
import { kubeletBootstrapLeft } from './kubelet/kubelet-bootstrap-left.js'
import { kubeletCa } from './files/kubelet-ca.js'
import { kubeletCgroupV1 } from './kubelet/kubelet-cgroup-v1.js'
import { kubeletClientCa } from './kubelet/kubelet-client-ca.js'
import { kubeletConfig } from './files/kubelet-config.js'
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
import { kubeletKubeconfig } from './files/kubelet-kubeconfig.js'
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
import { kubeletUnitFile } from './files/kubelet-unit-file.js'
import { kubeletWebhookAuthentication } from './kubelet/kubelet-webhook-authentication.js'
import { kubeletWillNotStart } from './kubelet/kubelet-will-not-start.js'
import { namespaceDefaultUsed } from './namespaces/namespace-default-used.js'
import { namespaceEnforceBelowWarn } from './namespaces/namespace-enforce-below-warn.js'
import { namespaceKubeSystemAdditions } from './namespaces/namespace-kube-system-additions.js'
import { namespaceNoLimitRange } from './namespaces/namespace-no-limit-range.js'
import { namespaceNoPodSecurity } from './namespaces/namespace-no-pod-security.js'
import { namespaceNoQuota } from './namespaces/namespace-no-quota.js'
import { namespacePodSecurityLabelInvalid } from './namespaces/namespace-pod-security-label-invalid.js'
import { namespacePodSecurityLatest } from './namespaces/namespace-pod-security-latest.js'
import { namespacePodSecurityPrivileged } from './namespaces/namespace-pod-security-privileged.js'
import { netpolAllowAll } from './network-policies/netpol-allow-all.js'
import { netpolAndOr } from './network-policies/netpol-and-or.js'
import { netpolCniIgnores } from './network-policies/netpol-cni-ignores.js'
import { netpolEgressTypesForgotten } from './network-policies/netpol-egress-types-forgotten.js'
import { netpolHostNetwork } from './network-policies/netpol-host-network.js'
import { netpolMetadataEgress } from './network-policies/netpol-metadata-egress.js'
import { netpolNoDefaultDenyEgress } from './network-policies/netpol-no-default-deny-egress.js'
import { netpolNoDefaultDenyIngress } from './network-policies/netpol-no-default-deny-ingress.js'
import { netpolSelectsNothing } from './network-policies/netpol-selects-nothing.js'
import { netpolUnselectedPod } from './network-policies/netpol-unselected-pod.js'
import { netpolWorldEgress } from './network-policies/netpol-world-egress.js'
import { netpolWorldIngress } from './network-policies/netpol-world-ingress.js'
import { nodeControlPlaneUntainted } from './nodes/node-control-plane-untainted.js'
import { nodeLabelsUntrusted } from './nodes/node-labels-untrusted.js'
import { nodeMetadataHop } from './nodes/node-metadata-hop.js'
import { nodeOsKernel } from './nodes/node-os-kernel.js'
import { nodeRuntimeEol } from './nodes/node-runtime-eol.js'
import { nodeSkew } from './nodes/node-skew.js'
import { nodeSsh } from './nodes/node-ssh.js'
import { nodeVersionOutsideKnowledge } from './nodes/node-version-outside-knowledge.js'
import { nodeVersionUnsupported } from './nodes/node-version-unsupported.js'
import { podApparmor } from './pods/pod-apparmor.js'
import { podBare } from './pods/pod-bare.js'
import { podCapabilities } from './pods/pod-capabilities.js'
import { podCsiInline } from './pods/pod-csi-inline.js'
import { podDropAll } from './pods/pod-drop-all.js'
import { podEphemeralLeft } from './pods/pod-ephemeral-left.js'
import { podEphemeralStorage } from './pods/pod-ephemeral-storage.js'
import { podExecProbeShell } from './pods/pod-exec-probe-shell.js'
import { podFlexVolume } from './pods/pod-flex-volume.js'
import { podGitSyncEnv } from './pods/pod-git-sync-env.js'
import { podHostAliases } from './pods/pod-host-aliases.js'
import { podHostNamespaces } from './pods/pod-host-namespaces.js'
import { podHostNetworkServicePort } from './pods/pod-host-network-service-port.js'
import { podHostPath } from './pods/pod-host-path.js'
import { podHostPathPv } from './pods/pod-host-path-pv.js'
import { podHostPorts } from './pods/pod-host-ports.js'
import { podHostProcess } from './pods/pod-host-process.js'
import { podHostUsers } from './pods/pod-host-users.js'
import { podImageDeprecatedRegistry } from './pods/pod-image-deprecated-registry.js'
import { podImageDigest } from './pods/pod-image-digest.js'
import { podImagePullPolicy } from './pods/pod-image-pull-policy.js'
import { podImageRegistry } from './pods/pod-image-registry.js'
import { podImageTag } from './pods/pod-image-tag.js'
import { podKnownBad } from './pods/pod-known-bad.js'
import { podLifecycleExec } from './pods/pod-lifecycle-exec.js'
import { podMisplacedSecurityField } from './pods/pod-misplaced-security-field.js'
import { podMountPropagation } from './pods/pod-mount-propagation.js'
import { podNoCpuLimit } from './pods/pod-no-cpu-limit.js'
import { podNoMemoryLimit } from './pods/pod-no-memory-limit.js'
import { podNoRequests } from './pods/pod-no-requests.js'
import { podOnControlPlane } from './pods/pod-on-control-plane.js'
import { podPriority } from './pods/pod-priority.js'
import { podPrivilegeEscalation } from './pods/pod-privilege-escalation.js'
import { podPrivileged } from './pods/pod-privileged.js'
import { podProbeHost } from './pods/pod-probe-host.js'
import { podProcMount } from './pods/pod-proc-mount.js'
import { podReadOnlyRoot } from './pods/pod-read-only-root.js'
import { podRootGroup } from './pods/pod-root-group.js'
import { podRunAsNonRoot } from './pods/pod-run-as-non-root.js'
import { podRunAsUserZero } from './pods/pod-run-as-user-zero.js'
import { podRunasContaineradministrator } from './pods/pod-runas-containeradministrator.js'
import { podRuntimeSocket } from './pods/pod-runtime-socket.js'
import { podSandboxRuntime } from './pods/pod-sandbox-runtime.js'
import { podSeccomp } from './pods/pod-seccomp.js'
import { podSelinux } from './pods/pod-selinux.js'
import { podSensitiveHostPath } from './pods/pod-sensitive-host-path.js'
import { podShareProcessNamespace } from './pods/pod-share-process-namespace.js'
import { podSsh } from './pods/pod-ssh.js'
import { podSubpathWritable } from './pods/pod-subpath-writable.js'
import { podSysctls } from './pods/pod-sysctls.js'
import { podVolumeTypes } from './pods/pod-volume-types.js'
import { podWindowsHostNetwork } from './pods/pod-windows-host-network.js'
import { rbacAllServiceAccounts } from './rbac/rbac-all-service-accounts.js'
import { rbacAnonymous } from './rbac/rbac-anonymous.js'
import { rbacAuthenticated } from './rbac/rbac-authenticated.js'
import { rbacClusterAdminBinding } from './rbac/rbac-cluster-admin-binding.js'
import { rbacDanglingRole } from './rbac/rbac-dangling-role.js'
import { rbacDanglingSubject } from './rbac/rbac-dangling-subject.js'
import { rbacDefaultRoleChanged } from './rbac/rbac-default-role-changed.js'
import { rbacDeleteEventsLogs } from './rbac/rbac-delete-events-logs.js'
import { rbacEscalationAbsentAccount } from './rbac/rbac-escalation-absent-account.js'
import { rbacEscalationAggregation } from './rbac/rbac-escalation-aggregation.js'
import { rbacEscalationApiService } from './rbac/rbac-escalation-api-service.js'
import { rbacEscalationAwsAuth } from './rbac/rbac-escalation-aws-auth.js'
import { rbacEscalationBind } from './rbac/rbac-escalation-bind.js'
import { rbacEscalationCertificate } from './rbac/rbac-escalation-certificate.js'
import { rbacEscalationChangePod } from './rbac/rbac-escalation-change-pod.js'
import { rbacEscalationClusterDns } from './rbac/rbac-escalation-cluster-dns.js'
import { rbacEscalationConversionWebhook } from './rbac/rbac-escalation-conversion-webhook.js'
import { rbacEscalationEndpoints } from './rbac/rbac-escalation-endpoints.js'
import { rbacEscalationEphemeralContainer } from './rbac/rbac-escalation-ephemeral-container.js'
import { rbacEscalationEscalate } from './rbac/rbac-escalation-escalate.js'
import { rbacEscalationExec } from './rbac/rbac-escalation-exec.js'
import { rbacEscalationExecGet } from './rbac/rbac-escalation-exec-get.js'
import { rbacEscalationHostPathVolume } from './rbac/rbac-escalation-host-path-volume.js'
import { rbacEscalationImpersonate } from './rbac/rbac-escalation-impersonate.js'
import { rbacEscalationImpersonateAccount } from './rbac/rbac-escalation-impersonate-account.js'
import { rbacEscalationImpersonateConstrained } from './rbac/rbac-escalation-impersonate-constrained.js'
import { rbacEscalationKubeletData } from './rbac/rbac-escalation-kubelet-data.js'
import { rbacEscalationKubeletMetrics } from './rbac/rbac-escalation-kubelet-metrics.js'
import { rbacEscalationMutatingAdmission } from './rbac/rbac-escalation-mutating-admission.js'
import { rbacEscalationNamespaceLabels } from './rbac/rbac-escalation-namespace-labels.js'
import { rbacEscalationNodeCredential } from './rbac/rbac-escalation-node-credential.js'
import { rbacEscalationNodeProxy } from './rbac/rbac-escalation-node-proxy.js'
import { rbacEscalationOperators } from './rbac/rbac-escalation-operators.js'
import { rbacEscalationPrivilegedPod } from './rbac/rbac-escalation-privileged-pod.js'
import { rbacEscalationReachPods } from './rbac/rbac-escalation-reach-pods.js'
import { rbacEscalationReadEverything } from './rbac/rbac-escalation-read-everything.js'
import { rbacEscalationReadSecrets } from './rbac/rbac-escalation-read-secrets.js'
import { rbacEscalationRemoveGuard } from './rbac/rbac-escalation-remove-guard.js'
import { rbacEscalationRunAsAccount } from './rbac/rbac-escalation-run-as-account.js'
import { rbacEscalationSchedule } from './rbac/rbac-escalation-schedule.js'
import { rbacEscalationServiceTraffic } from './rbac/rbac-escalation-service-traffic.js'
import { rbacEscalationShareRights } from './rbac/rbac-escalation-share-rights.js'
import { rbacEscalationStealPods } from './rbac/rbac-escalation-steal-pods.js'
import { rbacEscalationToken } from './rbac/rbac-escalation-token.js'
import { rbacEscalationTokenSecret } from './rbac/rbac-escalation-token-secret.js'
import { rbacEscalationTrustBundle } from './rbac/rbac-escalation-trust-bundle.js'
import { rbacNodesProxyFineGrained } from './rbac/rbac-nodes-proxy-fine-grained.js'
import { rbacPodsWildcardNoop } from './rbac/rbac-pods-wildcard-noop.js'
import { rbacSubjectTypo } from './rbac/rbac-subject-typo.js'
import { rbacSystemMastersBinding } from './rbac/rbac-system-masters-binding.js'
import { rbacUnauthenticated } from './rbac/rbac-unauthenticated.js'
import { rbacUnused } from './rbac/rbac-unused.js'
import { rbacWildcardGroup } from './rbac/rbac-wildcard-group.js'
import { rbacWildcardResource } from './rbac/rbac-wildcard-resource.js'
import { rbacWildcardVerb } from './rbac/rbac-wildcard-verb.js'
import { saAutomountUnused } from './service-accounts/sa-automount-unused.js'
import { saCloudAdmin } from './service-accounts/sa-cloud-admin.js'
import { saDaemonsetPowerful } from './service-accounts/sa-daemonset-powerful.js'
import { saDefaultBound } from './service-accounts/sa-default-bound.js'
import { saDefaultUsed } from './service-accounts/sa-default-used.js'
import { saMissing } from './service-accounts/sa-missing.js'
import { saShared } from './service-accounts/sa-shared.js'
import { saTokenEnv } from './service-accounts/sa-token-env.js'
import { saTokenProjectedLong } from './service-accounts/sa-token-projected-long.js'
import { saTokenSecret } from './service-accounts/sa-token-secret.js'
import { schedulerAlwaysAllowPaths } from './scheduler/scheduler-always-allow-paths.js'
import { schedulerBindAddress } from './scheduler/scheduler-bind-address.js'
import { schedulerProfiling } from './scheduler/scheduler-profiling.js'
import { schedulerTls } from './scheduler/scheduler-tls.js'
import { secretAsEnv } from './secrets/secret-as-env.js'
import { secretAtRestUnknown } from './secrets/secret-at-rest-unknown.js'
import { secretDockerConfigWide } from './secrets/secret-docker-config-wide.js'
import { secretImmutable } from './secrets/secret-immutable.js'
import { secretInCommand } from './secrets/secret-in-command.js'
import { secretInConfigmap } from './secrets/secret-in-configmap.js'
import { secretInEnvLiteral } from './secrets/secret-in-env-literal.js'
import { secretInManifest } from './secrets/secret-in-manifest.js'
import { secretOpaqueKubeSystem } from './secrets/secret-opaque-kube-system.js'
import { secretTlsExpired } from './secrets/secret-tls-expired.js'
import { secretUnreferenced } from './secrets/secret-unreferenced.js'
import { serviceExternalIps } from './services/service-external-ips.js'
import { serviceExternalNameInternal } from './services/service-external-name-internal.js'
import { serviceLoadBalancerOpen } from './services/service-load-balancer-open.js'
import { serviceNodePort } from './services/service-node-port.js'
import { servicePublishUnready } from './services/service-publish-unready.js'
import { serviceSensitivePort } from './services/service-sensitive-port.js'
import { storagePvHostPath } from './storage/storage-pv-host-path.js'
import { storagePvcReclaimRetainSecrets } from './storage/storage-pvc-reclaim-retain-secrets.js'
import { storageSnapshotWide } from './storage/storage-snapshot-wide.js'
import { storageStorageclassUnencrypted } from './storage/storage-storageclass-unencrypted.js'
import { swarmAutolockOff } from './swarm/swarm-autolock-off.js'
import { swarmCertExpiryLong } from './swarm/swarm-cert-expiry-long.js'
import { swarmListenAll } from './swarm/swarm-listen-all.js'
import { swarmManagerCount } from './swarm/swarm-manager-count.js'
import { swarmUnencryptedOverlay } from './swarm/swarm-unencrypted-overlay.js'
import { wiringDeprecatedApi } from './wiring/wiring-deprecated-api.js'
import { wiringDeprecatedSaField } from './wiring/wiring-deprecated-sa-field.js'
import { wiringEnvDuplicate } from './wiring/wiring-env-duplicate.js'
import { wiringHpaNoTarget } from './wiring/wiring-hpa-no-target.js'
import { wiringIngressNoService } from './wiring/wiring-ingress-no-service.js'
import { wiringPdbBlocksDrain } from './wiring/wiring-pdb-blocks-drain.js'
import { wiringRouteNoService } from './wiring/wiring-route-no-service.js'
import { wiringSecretOrConfigmapMissing } from './wiring/wiring-secret-or-configmap-missing.js'
import { wiringSelectorMismatch } from './wiring/wiring-selector-mismatch.js'
import { wiringServiceNoPods } from './wiring/wiring-service-no-pods.js'
import { wiringServiceTargetPort } from './wiring/wiring-service-target-port.js'
import { wiringServicemonitorNoService } from './wiring/wiring-servicemonitor-no-service.js'
import type { AnyCheck } from './define-check.js'

/** All checks, by id. */
export const checks: readonly AnyCheck[] = [
  admissionGatekeeperRepoPrefix,
  admissionImagePolicy,
  admissionKyvernoAudit,
  admissionMutatingPolicy,
  admissionNoPolicyEngine,
  admissionVapAuditOnly,
  admissionVapParamMissing,
  admissionVapUnbound,
  admissionWebhookCa,
  admissionWebhookDangling,
  admissionWebhookExempts,
  admissionWebhookIgnore,
  admissionWebhookLockout,
  admissionWebhookTimeout,
  admissionWebhookUrlPlain,
  apiserverAdmissionAlwaysAdmit,
  apiserverAdmissionAlwaysPullImages,
  apiserverAdmissionCertificateApproval,
  apiserverAdmissionCertificateSigning,
  apiserverAdmissionCertificateSubjectRestriction,
  apiserverAdmissionEventRateLimit,
  apiserverAdmissionImagePolicyWebhook,
  apiserverAdmissionMutatingWebhook,
  apiserverAdmissionNamespaceAutoProvision,
  apiserverAdmissionNamespaceLifecycle,
  apiserverAdmissionNodeRestriction,
  apiserverAdmissionPodSecurity,
  apiserverAdmissionServiceAccount,
  apiserverAdmissionValidatingAdmissionPolicy,
  apiserverAdmissionValidatingWebhook,
  apiserverAllowPrivileged,
  apiserverAlphaApis,
  apiserverAnonymousAuth,
  apiserverAuditLeaksSecrets,
  apiserverAuditLog,
  apiserverAuditMaxage,
  apiserverAuditMaxbackup,
  apiserverAuditMaxsize,
  apiserverAuditPolicy,
  apiserverAuditPolicyCoverage,
  apiserverAuditWithoutPolicy,
  apiserverAuthnWebhookInsecure,
  apiserverAuthorizationAbac,
  apiserverAuthorizationAlwaysAllow,
  apiserverAuthorizationConfigShadowed,
  apiserverAuthorizationNode,
  apiserverAuthorizationOrder,
  apiserverAuthorizationRbac,
  apiserverAuthorizationWebhookFailOpen,
  apiserverAuthzWebhookInsecure,
  apiserverBasicAuth,
  apiserverBootstrapTokens,
  apiserverClientCa,
  apiserverCors,
  apiserverDebugSocket,
  apiserverDenyExternalIps,
  apiserverDrift,
  apiserverEncryptionConfig,
  apiserverEncryptionKms,
  apiserverEncryptionKmsV1,
  apiserverEncryptionProviders,
  apiserverEtcdCa,
  apiserverEtcdTls,
  apiserverFeatureGatesAlpha,
  apiserverGoaway,
  apiserverInsecureBind,
  apiserverInsecurePort,
  apiserverKubeletCa,
  apiserverKubeletClientCert,
  apiserverOidcUnprefixed,
  apiserverPodSecurityConfig,
  apiserverProfiling,
  apiserverRemovedFlag,
  apiserverRequestLimits,
  apiserverRequestTimeout,
  apiserverRequestheader,
  apiserverSecurePort0,
  apiserverServiceAccountApiAudiences,
  apiserverServiceAccountExtendTokenExpiration,
  apiserverServiceAccountIssuer,
  apiserverServiceAccountKeyFile,
  apiserverServiceAccountLookup,
  apiserverServiceAccountMaxTokenExpiration,
  apiserverServingCert,
  apiserverTlsCiphers,
  apiserverTlsMinVersion,
  apiserverTokenAuthFile,
  apiserverWillNotStart,
  apiserviceInsecure,
  certAdminShared,
  certCaKeyOnWorker,
  certCsrLegacyUnknown,
  certCsrServiceAccount,
  certEku,
  certExpired,
  certExpiring,
  certKeyMismatch,
  certLife,
  certMissingSan,
  certSharedCa,
  certSystemMasters,
  certUsers,
  certWeak,
  clientConfigPlainAuths,
  clientContextsWithKeys,
  clientHostShadowsContext,
  clientHostTcpPlain,
  clientKeyReadable,
  clientTlsUnverified,
  cloudAksPodIdentityOld,
  cloudEksAccessEntriesUnknown,
  cloudEksAwsAuthBroad,
  cloudEksAwsAuthMasters,
  cloudEksAwsAuthUnparsable,
  cloudGkeLegacyMetadata,
  cloudIrsaMissing,
  containerApparmorUnconfined,
  containerCapabilities,
  containerDevices,
  containerDockerSocket,
  containerEnvSecrets,
  containerHostIpc,
  containerHostNet,
  containerHostPid,
  containerHostUts,
  containerImageLatest,
  containerMountPropagation,
  containerNoCpuLimit,
  containerNoHealthcheck,
  containerNoMemoryLimit,
  containerNoNewPrivileges,
  containerNoPidsLimit,
  containerPrivileged,
  containerPublishedAllInterfaces,
  containerRestartAlways,
  containerRootUser,
  containerRuntimeUnknown,
  containerSeccompUnconfined,
  containerSelinuxDisabled,
  containerSensitiveMounts,
  containerUsernsHost,
  containerWritableRootfs,
  containerdDeviceOwnership,
  containerdDisableApparmor,
  containerdPrivilegedAnnotations,
  containerdRegistryAuthInConfig,
  containerdRegistryInsecure,
  containerdSelinuxOff,
  containerdSocketMode,
  containerdStreamServerPublic,
  containerdTcpAddress,
  containerdUnsetSeccomp,
  containerdVersion,
  controllerManagerAlwaysAllowPaths,
  controllerManagerBindAddress,
  controllerManagerClusterSigningDuration,
  controllerManagerHostpathProvisioner,
  controllerManagerProfiling,
  controllerManagerRootCa,
  controllerManagerRotateKubeletServerCert,
  controllerManagerServiceAccountCredentials,
  controllerManagerServiceAccountKey,
  controllerManagerTerminatedPodGc,
  controllerManagerTlsCiphers,
  controllerManagerTlsMinVersion,
  crdConversionWebhook,
  crioApparmorOff,
  crioDefaultCapabilities,
  crioHooksDirWritable,
  crioInsecureRegistries,
  crioSeccompUnconfined,
  daemonAllowDirectRouting,
  daemonAuthorizationPlugin,
  daemonCgroupParent,
  daemonContainerdSocket,
  daemonDebug,
  daemonDefaultRuntime,
  daemonDefaultUlimits,
  daemonExperimental,
  daemonFeaturesCdi,
  daemonIcc,
  daemonInsecureRegistries,
  daemonIptablesOff,
  daemonIpv6Ip6tables,
  daemonLiveRestore,
  daemonLogDriverRotation,
  daemonLogLevel,
  daemonMetricsAddr,
  daemonNoNewPrivileges,
  daemonPublicAddress,
  daemonRegistryMirrors,
  daemonRootless,
  daemonSeccompUnconfined,
  daemonStorageDriver,
  daemonTcpWithoutTls,
  daemonTlsVerifyOff,
  daemonUnitAndJsonHostsConflict,
  daemonUnknownKey,
  daemonUserlandProxy,
  daemonUsernsRemap,
  daemonVerifyWithoutCa,
  daemonVersion,
  daemonWillNotStart,
  dashboardArchived,
  dashboardArgoServerAuthModeServer,
  dashboardArgocdAnonymous,
  dashboardArgocdDefaultAdmin,
  dashboardArgocdInsecure,
  dashboardAuthHeaderProxyOpen,
  dashboardClusterAdminAccount,
  dashboardDisableSettingsAuthorizer,
  dashboardExposed,
  dashboardGrafanaAnonymous,
  dashboardHeadlampInClusterNoOidc,
  dashboardInsecureLogin,
  dashboardInsecurePort,
  dashboardSkipLogin,
  dockerAuditd,
  dockerDataRootMode,
  dockerFiles,
  dockerGroupMembers,
  dockerPartition,
  endpointManual,
  etcdAutoTls,
  etcdCiphers,
  etcdClientCertAuth,
  etcdDataDir,
  etcdListenAll,
  etcdPeerAutoTls,
  etcdPeerCert,
  etcdPeerClientCertAuth,
  etcdPlainHttp,
  etcdServerCert,
  etcdSharedCa,
  etcdVersion,
  exceptionExpired,
  exceptionInvalid,
  fileArgsSnap,
  fileAuditLog,
  fileCni,
  fileEncryptionConfig,
  fileEtcdEnv,
  fileKubeconfigs,
  fileManifests,
  filePkiCrt,
  filePkiDir,
  filePkiKey,
  fileSuperAdmin,
  gatewayAllowedRoutesAll,
  gatewayBackendTlsAbsent,
  gatewayClientCertificateFallback,
  gatewayListenerHttpOnly,
  gatewayReferenceGrantWide,
  gatewayRouteCrossNamespace,
  gatewayTlsPassthroughNone,
  gatewayWildcardListener,
  ingressAuthMissingConsole,
  ingressDefaultBackend,
  ingressDuplicateHostPath,
  ingressEmptyHost,
  ingressNginxAnnotation,
  ingressNginxConfig,
  ingressNginxF5Snippets,
  ingressNginxRetired,
  ingressNginxVersion,
  ingressNoTls,
  ingressPlainRedirectOff,
  ingressTlsHostMismatch,
  ingressTlsSecretMissing,
  ingressTraefikInsecureApi,
  ingressWildcardHost,
  istioGatewayWildcard,
  istioPermissive,
  kubeProxyHealthzNodeport,
  kubeProxyMetricsBind,
  kubeletAddressAndPorts,
  kubeletAllowedUnsafeSysctls,
  kubeletAnonymousAuth,
  kubeletApiserverClient,
  kubeletAuthorizationAlwaysAllow,
  kubeletBootstrapLeft,
  kubeletCa,
  kubeletCgroupV1,
  kubeletClientCa,
  kubeletConfig,
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
  kubeletKubeconfig,
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
  kubeletUnitFile,
  kubeletWebhookAuthentication,
  kubeletWillNotStart,
  namespaceDefaultUsed,
  namespaceEnforceBelowWarn,
  namespaceKubeSystemAdditions,
  namespaceNoLimitRange,
  namespaceNoPodSecurity,
  namespaceNoQuota,
  namespacePodSecurityLabelInvalid,
  namespacePodSecurityLatest,
  namespacePodSecurityPrivileged,
  netpolAllowAll,
  netpolAndOr,
  netpolCniIgnores,
  netpolEgressTypesForgotten,
  netpolHostNetwork,
  netpolMetadataEgress,
  netpolNoDefaultDenyEgress,
  netpolNoDefaultDenyIngress,
  netpolSelectsNothing,
  netpolUnselectedPod,
  netpolWorldEgress,
  netpolWorldIngress,
  nodeControlPlaneUntainted,
  nodeLabelsUntrusted,
  nodeMetadataHop,
  nodeOsKernel,
  nodeRuntimeEol,
  nodeSkew,
  nodeSsh,
  nodeVersionOutsideKnowledge,
  nodeVersionUnsupported,
  podApparmor,
  podBare,
  podCapabilities,
  podCsiInline,
  podDropAll,
  podEphemeralLeft,
  podEphemeralStorage,
  podExecProbeShell,
  podFlexVolume,
  podGitSyncEnv,
  podHostAliases,
  podHostNamespaces,
  podHostNetworkServicePort,
  podHostPath,
  podHostPathPv,
  podHostPorts,
  podHostProcess,
  podHostUsers,
  podImageDeprecatedRegistry,
  podImageDigest,
  podImagePullPolicy,
  podImageRegistry,
  podImageTag,
  podKnownBad,
  podLifecycleExec,
  podMisplacedSecurityField,
  podMountPropagation,
  podNoCpuLimit,
  podNoMemoryLimit,
  podNoRequests,
  podOnControlPlane,
  podPriority,
  podPrivilegeEscalation,
  podPrivileged,
  podProbeHost,
  podProcMount,
  podReadOnlyRoot,
  podRootGroup,
  podRunAsNonRoot,
  podRunAsUserZero,
  podRunasContaineradministrator,
  podRuntimeSocket,
  podSandboxRuntime,
  podSeccomp,
  podSelinux,
  podSensitiveHostPath,
  podShareProcessNamespace,
  podSsh,
  podSubpathWritable,
  podSysctls,
  podVolumeTypes,
  podWindowsHostNetwork,
  rbacAllServiceAccounts,
  rbacAnonymous,
  rbacAuthenticated,
  rbacClusterAdminBinding,
  rbacDanglingRole,
  rbacDanglingSubject,
  rbacDefaultRoleChanged,
  rbacDeleteEventsLogs,
  rbacEscalationAbsentAccount,
  rbacEscalationAggregation,
  rbacEscalationApiService,
  rbacEscalationAwsAuth,
  rbacEscalationBind,
  rbacEscalationCertificate,
  rbacEscalationChangePod,
  rbacEscalationClusterDns,
  rbacEscalationConversionWebhook,
  rbacEscalationEndpoints,
  rbacEscalationEphemeralContainer,
  rbacEscalationEscalate,
  rbacEscalationExec,
  rbacEscalationExecGet,
  rbacEscalationHostPathVolume,
  rbacEscalationImpersonate,
  rbacEscalationImpersonateAccount,
  rbacEscalationImpersonateConstrained,
  rbacEscalationKubeletData,
  rbacEscalationKubeletMetrics,
  rbacEscalationMutatingAdmission,
  rbacEscalationNamespaceLabels,
  rbacEscalationNodeCredential,
  rbacEscalationNodeProxy,
  rbacEscalationOperators,
  rbacEscalationPrivilegedPod,
  rbacEscalationReachPods,
  rbacEscalationReadEverything,
  rbacEscalationReadSecrets,
  rbacEscalationRemoveGuard,
  rbacEscalationRunAsAccount,
  rbacEscalationSchedule,
  rbacEscalationServiceTraffic,
  rbacEscalationShareRights,
  rbacEscalationStealPods,
  rbacEscalationToken,
  rbacEscalationTokenSecret,
  rbacEscalationTrustBundle,
  rbacNodesProxyFineGrained,
  rbacPodsWildcardNoop,
  rbacSubjectTypo,
  rbacSystemMastersBinding,
  rbacUnauthenticated,
  rbacUnused,
  rbacWildcardGroup,
  rbacWildcardResource,
  rbacWildcardVerb,
  saAutomountUnused,
  saCloudAdmin,
  saDaemonsetPowerful,
  saDefaultBound,
  saDefaultUsed,
  saMissing,
  saShared,
  saTokenEnv,
  saTokenProjectedLong,
  saTokenSecret,
  schedulerAlwaysAllowPaths,
  schedulerBindAddress,
  schedulerProfiling,
  schedulerTls,
  secretAsEnv,
  secretAtRestUnknown,
  secretDockerConfigWide,
  secretImmutable,
  secretInCommand,
  secretInConfigmap,
  secretInEnvLiteral,
  secretInManifest,
  secretOpaqueKubeSystem,
  secretTlsExpired,
  secretUnreferenced,
  serviceExternalIps,
  serviceExternalNameInternal,
  serviceLoadBalancerOpen,
  serviceNodePort,
  servicePublishUnready,
  serviceSensitivePort,
  storagePvHostPath,
  storagePvcReclaimRetainSecrets,
  storageSnapshotWide,
  storageStorageclassUnencrypted,
  swarmAutolockOff,
  swarmCertExpiryLong,
  swarmListenAll,
  swarmManagerCount,
  swarmUnencryptedOverlay,
  wiringDeprecatedApi,
  wiringDeprecatedSaField,
  wiringEnvDuplicate,
  wiringHpaNoTarget,
  wiringIngressNoService,
  wiringPdbBlocksDrain,
  wiringRouteNoService,
  wiringSecretOrConfigmapMissing,
  wiringSelectorMismatch,
  wiringServiceNoPods,
  wiringServiceTargetPort,
  wiringServicemonitorNoService,
]
