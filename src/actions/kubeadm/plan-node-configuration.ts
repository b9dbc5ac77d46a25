import { field, fields, item, items, type Field, type Fields } from './annotated-yaml.js'
import { PLACES } from './plan-places.js'
import type { SetupRequest } from './plan-request.js'
import { argumentsAreList, kubeadmApi } from './plan-versions.js'
import type { SetupSecrets } from './secrets.js'

const NO_HASH = `sha256:${'0'.repeat(64)}`
/** Long enough for people to join the machines, and gone the same day. */
const TOKEN_LIFE = '2h0m0s'

/** `kind: InitConfiguration`. */
export function initConfiguration(request: SetupRequest, secrets: SetupSecrets): Fields {
  const { minor, topology, port, advertiseAddress } = request
  return fields(
    field('apiVersion', kubeadmApi(minor)),
    field('kind', 'InitConfiguration'),
    field(
      'bootstrapTokens',
      items(
        item(
          fields(
            field('token', secrets.bootstrapToken),
            field('ttl', TOKEN_LIFE),
            field('usages', ['signing', 'authentication']),
            field('groups', ['system:bootstrappers:kubeadm:default-node-token']),
            field('description', 'First machines of the cluster'),
          ),
          'Made on this machine, and good for two hours: with it anybody joins a node. Later: kubeadm token create --ttl 1h.',
        ),
      ),
    ),
    nodeRegistration(request, true),
    topology === 'single'
      ? field(
          'localAPIEndpoint',
          fields(
            advertiseAddress === undefined ? undefined : field('advertiseAddress', advertiseAddress),
            field('bindPort', port),
          ),
          'The API server listens where the endpoint of the control plane says.',
        )
      : advertiseAddress === undefined
        ? undefined
        : field('localAPIEndpoint', fields(field('advertiseAddress', advertiseAddress)), 'Of this machine.'),
    topology === 'single'
      ? undefined
      : field(
          'certificateKey',
          secrets.certificateKey,
          'Encrypts the keys of the cluster for the other control-plane nodes, for two hours (kubeadm init --upload-certs).',
        ),
    patches(),
  )
}

/** `kind: JoinConfiguration` of a worker, or of a further node of the control plane. */
export function joinConfiguration(
  request: SetupRequest,
  secrets: SetupSecrets,
  role: 'worker' | 'control-plane',
): Fields {
  return fields(
    field('apiVersion', kubeadmApi(request.minor)),
    field('kind', 'JoinConfiguration'),
    discovery(request, secrets),
    nodeRegistration(request, role === 'control-plane'),
    role === 'control-plane'
      ? field('controlPlane', fields(field('certificateKey', secrets.certificateKey)), 'As in init.yaml.')
      : undefined,
    role === 'control-plane' ? patches() : undefined,
  )
}

function discovery({ joinBy, endpoint }: SetupRequest, secrets: SetupSecrets): Field {
  if (joinBy === 'file') {
    return field(
      'discovery',
      fields(
        field(
          'file',
          fields(field('kubeConfigPath', PLACES.discovery)),
          'The address and CA of the cluster come by a file that you copy: nothing has to be asked without a credential.',
        ),
        field('tlsBootstrapToken', secrets.bootstrapToken, 'As in init.yaml.'),
      ),
    )
  }
  return field(
    'discovery',
    fields(
      field(
        'bootstrapToken',
        fields(
          field('token', secrets.bootstrapToken, 'As in init.yaml.'),
          field('apiServerEndpoint', endpoint),
          field(
            'caCertHashes',
            [NO_HASH],
            'Put the hash here that kubeadm init prints (--discovery-token-ca-cert-hash). The CA is made by kubeadm init, so it cannot be known before; with these zeros a join refuses every cluster.',
          ),
        ),
      ),
    ),
  )
}

function nodeRegistration({ criSocket }: SetupRequest, controlPlane: boolean): Field {
  return field(
    'nodeRegistration',
    fields(
      field('criSocket', criSocket, 'Named, so that a second runtime on the machine changes nothing.'),
      controlPlane
        ? field(
            'taints',
            items(
              item(
                fields(field('key', 'node-role.kubernetes.io/control-plane'), field('effect', 'NoSchedule')),
              ),
            ),
            'No pod of a user runs beside the keys of the cluster.',
          )
        : undefined,
    ),
  )
}

function patches(): Field {
  return field(
    'patches',
    fields(field('directory', PLACES.patches)),
    'What kubeadm has no field for. It is not stored in the cluster: each upgrade names it again (upgrade.yaml).',
  )
}

/** `kind: UpgradeConfiguration`, which only v1beta4 has. */
export function upgradeConfiguration({ minor }: SetupRequest): Fields | undefined {
  if (!argumentsAreList(minor)) return undefined
  const because = 'Without it an upgrade writes the manifests without what the patches took away.'
  const own = fields(field('patches', fields(field('directory', PLACES.patches)), because))
  return fields(
    field('apiVersion', kubeadmApi(minor)),
    field('kind', 'UpgradeConfiguration'),
    field('apply', own),
    field('node', own),
  )
}

/** `kind: KubeletConfiguration`, which kubeadm gives to every node. */
export function kubeletConfiguration(): Fields {
  return fields(
    field('apiVersion', 'kubelet.config.k8s.io/v1beta1'),
    field('kind', 'KubeletConfiguration'),
    field(
      'authentication',
      fields(
        field(
          'anonymous',
          fields(field('enabled', false)),
          'No request without a credential: who runs a command in a pod says who he is.',
        ),
        field('webhook', fields(field('enabled', true)), 'Tokens are good where the API server says so.'),
        field(
          'x509',
          fields(field('clientCAFile', `${PLACES.pki}/ca.crt`)),
          'Certificates of this cluster alone.',
        ),
      ),
    ),
    field(
      'authorization',
      fields(field('mode', 'Webhook')),
      'The API server decides who may do what, by RBAC.',
    ),
    field('readOnlyPort', 0, 'No port that asks for nothing.'),
    field('rotateCertificates', true, 'The certificate of the kubelet is renewed before it ends.'),
    field(
      'serverTLSBootstrap',
      true,
      'The kubelet asks the cluster for its serving certificate instead of making one that nobody can verify. Each request waits for an approval: kubectl get csr, kubectl certificate approve.',
    ),
    field('seccompDefault', true, 'Containers that ask for no seccomp profile get the one of the runtime.'),
    field('podPidsLimit', 4096, 'One pod cannot take all processes of the node.'),
    field(
      'protectKernelDefaults',
      true,
      'The kubelet refuses to start where kernel settings are not as it needs them, instead of changing them. /etc/sysctl.d/90-kubelet.conf sets them.',
    ),
    field('enableProfilingHandler', false, 'No profiles at /debug/pprof.'),
    field('enableSystemLogHandler', false, 'No files of /var/log at /logs.'),
  )
}

/** `kind: KubeProxyConfiguration`. */
export function kubeProxyConfiguration(): Fields {
  return fields(
    field('apiVersion', 'kubeproxy.config.k8s.io/v1alpha1'),
    field('kind', 'KubeProxyConfiguration'),
    field(
      'metricsBindAddress',
      '127.0.0.1:10249',
      'Metrics and the configuration of kube-proxy are served without a credential: on this machine alone.',
    ),
  )
}
