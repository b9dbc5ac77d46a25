import type { Control } from './benchmark.js'

/** Parts of the Kubernetes Hardening Guidance of NSA and CISA (version 1.2, August 2022), in our own words. */
export const NSA_SECTIONS: Readonly<Record<string, string>> = {
  P: 'Pods',
  N: 'Networks and hardening',
  A: 'Authentication and access',
  L: 'Audit log and threat detection',
  U: 'Upgrades',
}

/** The guidance has no numbers of its own: these count its recommendations in their order. */
export const NSA_CONTROLS: readonly Control[] = [
  {
    number: 'P.1',
    title: 'Containers that are not root',
    checks: ['pod-run-as-non-root', 'pod-run-as-user-zero'],
  },
  { number: 'P.2', title: 'File systems for reading alone', checks: ['pod-read-only-root'] },
  {
    number: 'P.3',
    title: 'Scanned images',
    byHand: 'the inside of images is not read: scan them where they are built',
  },
  {
    number: 'P.4',
    title: 'Rights that break out of a container',
    checks: [
      'pod-privileged',
      'pod-host-namespaces',
      'pod-host-path',
      'pod-sensitive-host-path',
      'pod-runtime-socket',
      'pod-privilege-escalation',
      'pod-capabilities',
      'pod-host-ports',
    ],
  },
  {
    number: 'P.5',
    title: 'Profiles of seccomp, AppArmor and SELinux',
    checks: ['pod-seccomp', 'pod-apparmor', 'pod-selinux', 'kubelet-seccomp-default'],
  },
  {
    number: 'P.6',
    title: 'Admission control of pods',
    checks: ['namespace-no-pod-security', 'apiserver-admission-pod-security'],
  },
  {
    number: 'P.7',
    title: 'Tokens of service accounts',
    checks: ['sa-automount-unused', 'sa-token-secret', 'sa-default-used', 'sa-default-bound'],
  },
  {
    number: 'N.1',
    title: 'Network policies',
    checks: ['netpol-no-default-deny-ingress', 'netpol-no-default-deny-egress', 'netpol-cni-ignores'],
  },
  {
    number: 'N.2',
    title: 'Limits of resources',
    checks: ['pod-no-memory-limit', 'pod-no-requests', 'namespace-no-quota', 'namespace-no-limit-range'],
  },
  {
    number: 'N.3',
    title: 'Ports of the control plane',
    checks: [
      'apiserver-insecure-port',
      'apiserver-insecure-bind',
      'controller-manager-bind-address',
      'scheduler-bind-address',
    ],
  },
  {
    number: 'N.4',
    title: 'etcd behind certificates of its own',
    checks: [
      'etcd-client-cert-auth',
      'etcd-plain-http',
      'etcd-server-cert',
      'etcd-peer-cert',
      'etcd-shared-ca',
      'apiserver-etcd-tls',
      'apiserver-etcd-ca',
    ],
  },
  {
    number: 'N.5',
    title: 'Kubeconfig files kept from others',
    checks: ['file-kubeconfigs', 'kubelet-kubeconfig'],
  },
  {
    number: 'N.6',
    title: 'Kubelets that ask who calls',
    checks: [
      'kubelet-anonymous-auth',
      'kubelet-authorization-always-allow',
      'kubelet-read-only-port',
      'kubelet-webhook-authentication',
    ],
  },
  {
    number: 'N.7',
    title: 'TLS everywhere',
    checks: [
      'apiserver-serving-cert',
      'apiserver-tls-ciphers',
      'apiserver-tls-min-version',
      'kubelet-tls-ciphers',
      'kubelet-tls-min-version',
      'kubelet-serving-certificate',
      'ingress-no-tls',
    ],
  },
  {
    number: 'N.8',
    title: 'Secrets encrypted at rest',
    checks: ['apiserver-encryption-config', 'apiserver-encryption-providers'],
  },
  {
    number: 'N.9',
    title: 'Secrets out of manifests and environment',
    checks: ['secret-in-configmap', 'secret-in-env-literal', 'secret-in-command', 'secret-in-manifest'],
  },
  { number: 'N.10', title: 'Metadata of the cloud out of reach of pods', checks: ['netpol-metadata-egress'] },
  { number: 'N.11', title: 'Dashboards', checks: ['dashboard-*'] },
  {
    number: 'A.1',
    title: 'Requests without a credential',
    checks: ['apiserver-anonymous-auth', 'rbac-anonymous', 'rbac-unauthenticated'],
  },
  {
    number: 'A.2',
    title: 'Credentials of people',
    checks: ['apiserver-token-auth-file', 'apiserver-basic-auth', 'cert-users', 'cert-system-masters'],
  },
  {
    number: 'A.3',
    title: 'Authorization by roles',
    checks: [
      'apiserver-authorization-always-allow',
      'apiserver-authorization-rbac',
      'apiserver-authorization-node',
      'apiserver-authorization-abac',
    ],
  },
  {
    number: 'A.4',
    title: 'Least rights',
    checks: [
      'rbac-cluster-admin-binding',
      'rbac-wildcard-*',
      'rbac-escalation-*',
      'rbac-authenticated',
      'rbac-all-service-accounts',
    ],
  },
  {
    number: 'L.1',
    title: 'An audit log',
    checks: ['apiserver-audit-log', 'apiserver-audit-without-policy', 'apiserver-audit-policy'],
  },
  {
    number: 'L.2',
    title: 'What the audit log records',
    checks: ['apiserver-audit-policy-coverage', 'apiserver-audit-leaks-secrets'],
  },
  {
    number: 'L.3',
    title: 'Logs kept for long enough',
    checks: ['apiserver-audit-maxage', 'apiserver-audit-maxbackup', 'apiserver-audit-maxsize'],
  },
  {
    number: 'L.4',
    title: 'Logs of hosts and containers collected',
    byHand:
      'the collection of logs happens outside of the cluster: look at what the agents on each node send',
  },
  {
    number: 'L.5',
    title: 'Alerts on what is recorded',
    byHand: 'alerts live in the system that collects the logs',
  },
  {
    number: 'U.1',
    title: 'Supported versions',
    checks: [
      'node-version-unsupported',
      'node-skew',
      'node-runtime-eol',
      'etcd-version',
      'daemon-version',
      'containerd-version',
    ],
  },
  {
    number: 'U.2',
    title: 'Components without known faults',
    checks: ['pod-known-bad', 'ingress-nginx-version', 'ingress-nginx-retired'],
  },
  {
    number: 'U.3',
    title: 'Components without use removed',
    byHand: 'which components are in use is a decision about the system',
  },
]
