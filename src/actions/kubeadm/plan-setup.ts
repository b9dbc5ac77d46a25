import { annotatedYaml, comment, type Fields } from './annotated-yaml.js'
import {
  admissionConfiguration,
  authenticationConfiguration,
  encryptionConfiguration,
  eventRateLimits,
  podSecurityConfiguration,
} from './plan-api-server-files.js'
import { auditPolicy } from './plan-audit-policy.js'
import { clusterConfiguration } from './plan-cluster-configuration.js'
import {
  initConfiguration,
  joinConfiguration,
  kubeletConfiguration,
  kubeProxyConfiguration,
  upgradeConfiguration,
} from './plan-node-configuration.js'
import { patches } from './plan-patches.js'
import { hardening, PLACES } from './plan-places.js'
import type { SetupRequest } from './plan-request.js'
import { remainders, setupSteps, type Remainder } from './plan-steps.js'
import type { SetupSecrets } from './secrets.js'

/** One file of the set-up. */
export interface SetupFile {
  /** Below the folder, with `/`: as it lies on the host, or STEPS.md. */
  readonly path: string
  /** Permission bits. */
  readonly mode: number
  /** Whether a key or a token is in it. */
  readonly secret: boolean
  readonly text: string
}

/** All files, and what no configuration closes. */
export interface Setup {
  readonly files: readonly SetupFile[]
  readonly remains: readonly Remainder[]
}

const OPEN = 0o644
const CLOSED = 0o600

/** Makes the files of a set-up; the same request and secrets give the same bytes. */
export function planSetup(request: SetupRequest, secrets: SetupSecrets): Setup {
  const { version, topology } = request
  const init = [
    documentOf(
      initConfiguration(request, secrets),
      `The first control-plane node of a Kubernetes ${version} cluster: kubeadm init --config.`,
    ),
    documentOf(
      clusterConfiguration(request),
      'The cluster. kubeadm stores it, and builds the manifests from it at each upgrade.',
    ),
    documentOf(kubeletConfiguration(), 'Every kubelet of the cluster.'),
    documentOf(kubeProxyConfiguration(), 'kube-proxy on every node.'),
  ].join('---\n')
  const join = (role: 'worker' | 'control-plane', title: string): string =>
    documentOf(joinConfiguration(request, secrets, role), title)
  const upgrade = upgradeConfiguration(request)
  const authentication = authenticationConfiguration(request)
  const files: SetupFile[] = [
    secret(`${PLACES.kubeadm}/init.yaml`, init),
    ...(topology === 'single'
      ? []
      : [
          secret(
            `${PLACES.kubeadm}/join-control-plane.yaml`,
            join('control-plane', 'A further node of the control plane: kubeadm join --config.'),
          ),
        ]),
    secret(`${PLACES.kubeadm}/join-worker.yaml`, join('worker', 'A worker: kubeadm join --config.')),
    ...(upgrade === undefined
      ? []
      : [
          open(
            `${PLACES.kubeadm}/upgrade.yaml`,
            documentOf(upgrade, 'Upgrades: kubeadm upgrade apply --config, kubeadm upgrade node --config.'),
          ),
        ]),
    ...[...patches(request)].map(([name, patch]) =>
      open(
        `${PLACES.patches}/${name}0+strategic.yaml`,
        documentOf(patch, `Goes over the manifest of ${name} that kubeadm writes.`),
      ),
    ),
    open(
      hardening('admission.yaml'),
      documentOf(
        admissionConfiguration(),
        'Configurations of admission plug-ins (--admission-control-config-file).',
      ),
    ),
    open(
      hardening('pod-security.yaml'),
      documentOf(podSecurityConfiguration(), 'Pod Security for namespaces without labels.'),
    ),
    open(
      hardening('event-rate-limit.yaml'),
      documentOf(eventRateLimits(), 'How many events may be written a second.'),
    ),
    open(
      hardening('audit-policy.yaml'),
      documentOf(
        auditPolicy(),
        'What the audit log holds (--audit-policy-file): the first rule that matches decides.',
      ),
    ),
    ...(authentication === undefined
      ? []
      : [
          open(
            hardening('authentication.yaml'),
            documentOf(
              authentication,
              'Who may come without a credential, and where (--authentication-config).',
            ),
          ),
        ]),
    secret(
      hardening('encryption.yaml'),
      documentOf(
        encryptionConfiguration(secrets),
        'How Secrets are encrypted at rest (--encryption-provider-config).',
      ),
    ),
    open('/etc/sysctl.d/90-kubelet.conf', sysctls()),
    open('/STEPS.md', setupSteps(request)),
  ]
  return { files, remains: remainders(request) }
}

function documentOf(document: Fields, title: string): string {
  return annotatedYaml(document, title)
}

function open(path: string, text: string): SetupFile {
  return { path: path.slice(1), mode: OPEN, secret: false, text }
}

function secret(path: string, text: string): SetupFile {
  return { path: path.slice(1), mode: CLOSED, secret: true, text }
}

/** Source: kubernetes v1.36.3 pkg/kubelet/cm/container_manager_linux.go, setupKernelTunables; pkg/util/sysctl. */
function sysctls(): string {
  const because = (text: string): string[] => comment(text, '')
  return [
    ...because('What the kubelet wants of the kernel, and with protectKernelDefaults does not set itself.'),
    ...because('Memory is given out without counting: containers are limited by their own limits.'),
    'vm.overcommit_memory = 1',
    ...because('A lack of memory ends a process, not the machine.'),
    'vm.panic_on_oom = 0',
    ...because('A kernel that has failed restarts after ten seconds.'),
    'kernel.panic = 10',
    ...because('A fault in the kernel is a failure: it does not run on with broken memory.'),
    'kernel.panic_on_oops = 1',
    ...because('Keys of the kernel for all containers of root.'),
    'kernel.keys.root_maxkeys = 1000000',
    ...because('25 bytes a key.'),
    'kernel.keys.root_maxbytes = 25000000',
    '',
  ].join('\n')
}
