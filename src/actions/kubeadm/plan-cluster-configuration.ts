import { field, fields, item, items, type Field, type Fields } from './annotated-yaml.js'
import { hardening, PLACES } from './plan-places.js'
import type { SetupRequest } from './plan-request.js'
import { argumentsAreList, authenticationApi, kubeadmApi } from './plan-versions.js'

/** A flag of a component, with the reason why it is set. */
export interface Argument {
  readonly name: string
  readonly value: string
  readonly because: string
}

/** The flags that the API server is given beyond those of kubeadm. */
export function apiServerArguments({ minor }: SetupRequest): readonly Argument[] {
  return [
    {
      name: 'admission-control-config-file',
      value: hardening('admission.yaml'),
      because: 'What Pod Security asks of namespaces without a label, and how many events may be written.',
    },
    {
      name: 'audit-log-maxage',
      value: '30',
      because: 'A month of the audit log is kept: intrusions are noticed late.',
    },
    {
      name: 'audit-log-maxbackup',
      value: '10',
      because: 'With the size below at most 1.1 GB, so that the log cannot fill the disk of etcd.',
    },
    { name: 'audit-log-maxsize', value: '100', because: 'Megabytes, then a new file is begun.' },
    {
      name: 'audit-log-path',
      value: `${PLACES.auditLog}/audit.log`,
      because: 'Without a log nobody can say afterwards who did what.',
    },
    {
      name: 'audit-policy-file',
      value: hardening('audit-policy.yaml'),
      because: 'A log without a policy stays empty.',
    },
    ...(authenticationApi(minor) === undefined
      ? []
      : [
          {
            name: 'authentication-config',
            value: hardening('authentication.yaml'),
            because:
              'Requests without a credential are served at the paths of the probes alone. Not --anonymous-auth=false: the probes of this static pod carry no credential, and the kubelet would kill it in a loop.',
          },
        ]),
    {
      name: 'enable-admission-plugins',
      value: 'NodeRestriction,EventRateLimit,DenyServiceExternalIPs',
      because:
        'NodeRestriction (which kubeadm sets too): a kubelet changes its own node and pods alone. EventRateLimit: nobody fills etcd with events. DenyServiceExternalIPs: no Service takes the traffic of an address that is not its own (CVE-2020-8554).',
    },
    {
      name: 'encryption-provider-config',
      value: hardening('encryption.yaml'),
      because: 'Secrets are encrypted before they are written to etcd, its snapshots and backups.',
    },
    {
      name: 'kubelet-certificate-authority',
      value: `${PLACES.pki}/ca.crt`,
      because:
        'Who answers exec and logs is a kubelet of this cluster. Goes with serverTLSBootstrap: before their certificates are approved, logs and exec fail.',
    },
    {
      name: 'profiling',
      value: 'false',
      because: 'Profiles of the API server hold what it holds; whoever needs them switches them on.',
    },
    {
      name: 'service-account-extend-token-expiration',
      value: 'false',
      because:
        'Tokens in pods end after an hour instead of a year. Clients of before 2021 that read the file only once fail then.',
    },
    {
      name: 'service-account-max-token-expiration',
      value: '24h',
      because: 'Nobody makes a token that is good for years (kubectl create token --duration).',
    },
  ]
}

/** The flags of the controller manager and of the scheduler. */
export const CONTROLLER_ARGUMENTS: readonly Argument[] = [
  {
    name: 'profiling',
    value: 'false',
    because: 'Profiles of it hold what it holds: the tokens of all controllers, and every Secret.',
  },
]
export const SCHEDULER_ARGUMENTS: readonly Argument[] = [
  { name: 'profiling', value: 'false', because: 'No profiles of it are served.' },
]

/** `kind: ClusterConfiguration`. */
export function clusterConfiguration(request: SetupRequest): Fields {
  const { minor, version, endpoint, podSubnet, serviceSubnet, imageRepository } = request
  const networking = [
    podSubnet && field('podSubnet', podSubnet, 'As you said; the network plug-in must use the same.'),
    serviceSubnet && field('serviceSubnet', serviceSubnet, 'As you said.'),
  ].filter((each) => typeof each === 'object')
  return fields(
    field('apiVersion', kubeadmApi(minor)),
    field('kind', 'ClusterConfiguration'),
    field(
      'kubernetesVersion',
      version,
      'Named, so that a later kubeadm of the same machine does not choose another one by itself.',
    ),
    field(
      'controlPlaneEndpoint',
      endpoint,
      'The name in every certificate and kubeconfig; it cannot be changed later, so it is set for one node too.',
    ),
    imageRepository === undefined ? undefined : field('imageRepository', imageRepository, 'As you said.'),
    networking.length === 0 ? undefined : field('networking', fields(...networking)),
    field(
      'apiServer',
      fields(
        extraArgs(apiServerArguments(request), minor),
        field(
          'extraVolumes',
          items(
            item(
              fields(
                field('name', 'hardening'),
                field('hostPath', PLACES.hardening),
                field('mountPath', PLACES.hardening),
                field('readOnly', true),
                field('pathType', 'Directory'),
              ),
              'The files above, read only. pathType Directory: a host that lacks them shows it at once.',
            ),
            item(
              fields(
                field('name', 'audit-log'),
                field('hostPath', PLACES.auditLog),
                field('mountPath', PLACES.auditLog),
                field('readOnly', false),
                field('pathType', 'DirectoryOrCreate'),
              ),
              'The audit log outlives the container.',
            ),
          ),
        ),
      ),
    ),
    field('controllerManager', fields(extraArgs(CONTROLLER_ARGUMENTS, minor))),
    field('scheduler', fields(extraArgs(SCHEDULER_ARGUMENTS, minor))),
    etcd(request),
  )
}

function extraArgs(all: readonly Argument[], minor: number): Field {
  const name = 'extraArgs'
  if (argumentsAreList(minor)) {
    const entries = all.map((each) =>
      item(fields(field('name', each.name), field('value', each.value)), each.because),
    )
    return field(name, items(...entries))
  }
  return field(name, fields(...all.map((each) => field(each.name, each.value, each.because))))
}

function etcd({ topology, etcdEndpoints }: SetupRequest): Field | undefined {
  if (topology !== 'external') return undefined
  return field(
    'etcd',
    fields(
      field(
        'external',
        fields(
          field('endpoints', [...etcdEndpoints], 'As you said; https alone.'),
          field(
            'caFile',
            `${PLACES.pki}/etcd/ca.crt`,
            'An authority of its own: no certificate of the cluster opens etcd.',
          ),
          field(
            'certFile',
            `${PLACES.pki}/apiserver-etcd-client.crt`,
            'Issued by that authority; copy it to each control-plane node before kubeadm runs.',
          ),
          field('keyFile', `${PLACES.pki}/apiserver-etcd-client.key`, 'Its key, 0600 root:root.'),
        ),
      ),
    ),
    'etcd on machines of its own: kubeadm neither configures nor upgrades it.',
  )
}
