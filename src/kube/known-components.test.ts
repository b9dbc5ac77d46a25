import { describe, expect, it } from 'vitest'
import type { JsonObject, KubeObject, ObjectSource } from '../model/index.js'
import { knownComponent, type KnownComponent } from './known-components.js'
import { evaluatePodSecurity } from './pod-security/index.js'
import { containersOf, podTemplatesOf } from './pod-template.js'

interface Given {
  readonly kind?: string
  readonly namespace?: string
  readonly source?: ObjectSource
  readonly metadata?: JsonObject
  readonly spec: JsonObject
}

function workload({
  kind = 'DaemonSet',
  namespace = 'kube-system',
  source = 'export',
  metadata = {},
  spec,
}: Given): KubeObject {
  return {
    ref: { group: kind === 'Pod' ? '' : 'apps', version: 'v1', kind, namespace, name: 'x' },
    content: kind === 'Pod' ? { metadata, spec } : { metadata, spec: { template: { spec } } },
    source,
    slice: { file: 'f', format: 'yaml', offset: 0, length: 0, line: 1, column: 1 },
  }
}

function componentOf(object: KubeObject): KnownComponent | undefined {
  const [template] = podTemplatesOf(object)
  return template === undefined ? undefined : knownComponent(object, template, containersOf(template))
}

/** What restricted Pod Security refuses and the component does not excuse: `check path`. */
function left(object: KubeObject): string[] {
  const [template] = podTemplatesOf(object)
  if (template === undefined) throw new Error('no pod')
  const component = knownComponent(object, template, containersOf(template))
  return (['baseline', 'restricted'] as const).flatMap((level) =>
    evaluatePodSecurity(template, level, 'latest').flatMap(({ check, places }) =>
      places
        .filter((place) => component?.expects(check, place) !== true)
        .map((place) => `${check} ${place.path.join('.')}`),
    ),
  )
}

const hostPaths = (...paths: string[]): JsonObject[] =>
  paths.map((path, index) => ({ name: `v${index}`, hostPath: { path } }))
const container = (image: string, more: JsonObject = {}): JsonObject => ({ name: 'c', image, ...more })
const PRIVILEGED: JsonObject = { securityContext: { privileged: true } }

const SCHEDULER: JsonObject = {
  hostNetwork: true,
  priorityClassName: 'system-node-critical',
  securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
  containers: [
    container('registry.k8s.io/kube-scheduler:v1.36.2', {
      command: ['kube-scheduler', '--leader-elect=true'],
      livenessProbe: { httpGet: { host: '127.0.0.1', port: 10259 } },
    }),
  ],
  volumes: hostPaths('/etc/kubernetes/scheduler.conf'),
}
const MIRROR: JsonObject = { annotations: { 'kubernetes.io/config.mirror': 'abc' } }
const PROXY: JsonObject = {
  hostNetwork: true,
  containers: [
    container('registry.k8s.io/kube-proxy:v1.36.2', {
      command: ['/usr/local/bin/kube-proxy', '--config=/var/lib/kube-proxy/config.conf'],
      ...PRIVILEGED,
    }),
  ],
  volumes: [{ name: 'kube-proxy', configMap: {} }, ...hostPaths('/run/xtables.lock', '/lib/modules')],
}
const CSI: JsonObject = {
  hostNetwork: true,
  containers: [
    {
      name: 'driver',
      image: 'acme.example/disk-driver:2',
      volumeMounts: [{ name: 'v1', mountPath: '/var/lib/kubelet/pods', mountPropagation: 'Bidirectional' }],
      ...PRIVILEGED,
    },
    container('registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.15.0', {
      args: ['--kubelet-registration-path=/var/lib/kubelet/plugins/disk.acme.example/csi.sock'],
    }),
  ],
  volumes: hostPaths('/var/lib/kubelet/plugins_registry/', '/var/lib/kubelet/pods', '/dev'),
}

describe('knownComponent', () => {
  it.each<[string, string, Given]>([
    ['the mirror of a static pod', 'kube-scheduler', { kind: 'Pod', metadata: MIRROR, spec: SCHEDULER }],
    ['a static pod of a host', 'kube-scheduler', { kind: 'Pod', source: 'static-pod', spec: SCHEDULER }],
    [
      'its manifest without the host',
      'kube-scheduler',
      { kind: 'Pod', source: 'manifest', metadata: { labels: { tier: 'control-plane' } }, spec: SCHEDULER },
    ],
    [
      'the image of rke2',
      'kube-apiserver',
      {
        kind: 'Pod',
        metadata: MIRROR,
        spec: {
          hostNetwork: true,
          priorityClassName: 'system-cluster-critical',
          containers: [
            container('index.docker.io/rancher/hardened-kubernetes:v1.36', { command: ['kube-apiserver'] }),
          ],
          volumes: hostPaths('/var/lib/rancher/rke2/server/tls', '/etc/ssl/certs'),
        },
      },
    ],
    [
      'etcd from a mirror of the registry',
      'etcd',
      {
        kind: 'Pod',
        metadata: MIRROR,
        spec: {
          hostNetwork: true,
          priorityClassName: 'system-node-critical',
          containers: [
            container('mirror.example:5000/k8s/etcd:3.6.1-0', {
              command: ['etcd', '--data-dir=/var/lib/etcd'],
            }),
          ],
          volumes: hostPaths('/etc/kubernetes/pki/etcd', '/var/lib/etcd'),
        },
      },
    ],
    ['kube-proxy', 'kube-proxy', { spec: PROXY }],
    [
      'a pod of kube-proxy whose DaemonSet was not read',
      'kube-proxy',
      {
        kind: 'Pod',
        metadata: {
          ownerReferences: [
            { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'kube-proxy', controller: true },
          ],
        },
        spec: PROXY,
      },
    ],
    [
      'CoreDNS',
      'CoreDNS',
      {
        kind: 'Deployment',
        spec: {
          containers: [
            container('registry.k8s.io/coredns/coredns:v1.14.0', {
              args: ['-conf', '/etc/coredns/Corefile'],
              securityContext: {
                capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
                allowPrivilegeEscalation: false,
              },
            }),
          ],
        },
      },
    ],
    [
      'flannel',
      'flannel',
      {
        namespace: 'kube-flannel',
        spec: {
          hostNetwork: true,
          initContainers: [
            { name: 'i', image: 'ghcr.io/flannel-io/flannel-cni-plugin:v1.8.0', command: ['cp'] },
          ],
          containers: [
            container('ghcr.io/flannel-io/flannel:v0.27.4', {
              command: ['/opt/bin/flanneld'],
              args: ['--ip-masq', '--kube-subnet-mgr'],
              securityContext: { privileged: false, capabilities: { add: ['NET_ADMIN', 'NET_RAW'] } },
            }),
          ],
          volumes: hostPaths('/run/flannel', '/opt/cni/bin', '/etc/cni/net.d', '/run/xtables.lock'),
        },
      },
    ],
    [
      'Calico',
      'Calico',
      {
        spec: {
          hostNetwork: true,
          containers: [container('quay.io/calico/node:v3.31.0', PRIVILEGED)],
          volumes: hostPaths(
            '/lib/modules',
            '/var/run/calico',
            '/var/lib/calico',
            '/proc',
            '/sys/fs/',
            '/opt/cni/bin',
          ),
        },
      },
    ],
    [
      "Calico's own volume driver",
      'Calico',
      {
        namespace: 'calico-system',
        spec: {
          containers: [
            container('calico/csi:v3.31.0', PRIVILEGED),
            { name: 'r', image: 'calico/node-driver-registrar:v3.31.0', ...PRIVILEGED },
          ],
          volumes: hostPaths(
            '/var/run',
            '/etc/calico',
            '/var/lib/kubelet',
            '/var/lib/kubelet/plugins_registry/',
          ),
        },
      },
    ],
    [
      'Cilium',
      'Cilium',
      {
        spec: {
          hostNetwork: true,
          securityContext: {
            appArmorProfile: { type: 'Unconfined' },
            seccompProfile: { type: 'Unconfined' },
          },
          initContainers: [
            {
              name: 'i',
              image: 'quay.io/cilium/cilium:v1.19.0@sha256:00',
              securityContext: { seLinuxOptions: { type: 'spc_t' }, capabilities: { add: ['SYS_ADMIN'] } },
            },
          ],
          containers: [container('quay.io/cilium/cilium:v1.19.0@sha256:00', { command: ['cilium-agent'] })],
          volumes: hostPaths('/proc', '/sys/fs/bpf', '/var/run/cilium', '/opt/cni/bin'),
        },
      },
    ],
    ['a CSI node driver of any vendor', 'a CSI node driver', { namespace: 'acme-storage', spec: CSI }],
    [
      'node-exporter',
      'node-exporter',
      {
        namespace: 'monitoring',
        spec: {
          hostNetwork: true,
          hostPID: true,
          containers: [
            container('quay.io/prometheus/node-exporter:v1.10.2', {
              args: ['--path.rootfs=/host/root'],
              securityContext: { capabilities: { add: ['SYS_TIME'], drop: ['ALL'] } },
              ports: [{ hostPort: 9100 }],
              volumeMounts: [{ name: 'v0', mountPath: '/host/root', readOnly: true }],
            }),
          ],
          volumes: hostPaths('/', '/sys', '/proc'),
        },
      },
    ],
    [
      'metrics-server on the network of the node',
      'metrics-server',
      {
        kind: 'Deployment',
        spec: {
          hostNetwork: true,
          containers: [
            container('registry.k8s.io/metrics-server/metrics-server:v0.8.0', {
              args: ['--kubelet-use-node-status-port'],
              securityContext: {
                allowPrivilegeEscalation: false,
                runAsNonRoot: true,
                capabilities: { drop: ['ALL'] },
              },
            }),
          ],
        },
      },
    ],
    [
      'kube-proxy that a node runs from a file',
      'kube-proxy',
      {
        kind: 'Pod',
        source: 'static-pod',
        spec: {
          hostNetwork: true,
          priorityClassName: 'system-node-critical',
          containers: [
            container('gke.gcr.io/kube-proxy-amd64:v1.34.1', {
              command: ['/bin/sh', '-c', 'exec kube-proxy --kubeconfig=/var/lib/kube-proxy/kubeconfig'],
              ...PRIVILEGED,
            }),
          ],
          volumes: hostPaths('/usr/share/ca-certificates', '/var/lib/kube-proxy/kubeconfig', '/lib/modules'),
        },
      },
    ],
    [
      'the network agent of EKS',
      'the Amazon VPC CNI',
      {
        spec: {
          hostNetwork: true,
          initContainers: [
            {
              name: 'i',
              image: '1.dkr.ecr.eu-west-1.amazonaws.com/amazon-k8s-cni-init:v1.20',
              ...PRIVILEGED,
            },
          ],
          containers: [
            container('1.dkr.ecr.eu-west-1.amazonaws.com/amazon-k8s-cni:v1.20', {
              securityContext: { capabilities: { add: ['NET_ADMIN', 'NET_RAW'] } },
            }),
            {
              name: 'n',
              image: '1.dkr.ecr.eu-west-1.amazonaws.com/amazon/aws-network-policy-agent:v1.2',
              ...PRIVILEGED,
            },
          ],
          volumes: hostPaths('/opt/cni/bin', '/etc/cni/net.d', '/var/run/aws-node', '/run/xtables.lock'),
        },
      },
    ],
    [
      'Calico of rke2',
      'Calico',
      {
        spec: {
          hostNetwork: true,
          containers: [container('rancher/hardened-calico:v3.31.0', PRIVILEGED)],
          volumes: hostPaths('/var/run/calico', '/opt/cni/bin'),
        },
      },
    ],
    [
      'the load balancer of a Service on k3s',
      'the load balancer of k3s',
      {
        spec: {
          securityContext: { sysctls: [{ name: 'net.ipv4.ip_forward', value: '1' }] },
          containers: [
            container('rancher/klipper-lb:v0.4.13', {
              securityContext: { capabilities: { add: ['NET_ADMIN'] } },
              ports: [{ hostPort: 80 }],
            }),
          ],
        },
      },
    ],
    [
      'MetalLB with FRR',
      'MetalLB',
      {
        namespace: 'metallb-system',
        spec: {
          hostNetwork: true,
          containers: [
            {
              name: 'frr',
              image: 'quay.io/frrouting/frr:9.1.0',
              securityContext: { capabilities: { add: ['NET_ADMIN', 'NET_RAW', 'SYS_ADMIN'] } },
            },
            container('quay.io/metallb/speaker:v0.15.2', {
              args: ['--port=7472', '--log-level=info'],
              securityContext: { capabilities: { add: ['NET_RAW'], drop: ['ALL'] } },
            }),
          ],
        },
      },
    ],
    [
      'ip-masq-agent',
      'ip-masq-agent',
      {
        spec: {
          hostNetwork: true,
          containers: [
            container('registry.k8s.io/networking/ip-masq-agent:v2.12.0', {
              args: ['--masq-chain=IP-MASQ'],
              ...PRIVILEGED,
            }),
          ],
        },
      },
    ],
    [
      'node-problem-detector',
      'node-problem-detector',
      {
        spec: {
          containers: [
            container('registry.k8s.io/node-problem-detector/node-problem-detector:v1.34.0', PRIVILEGED),
          ],
          volumes: hostPaths('/var/log/', '/dev/kmsg', '/etc/localtime'),
        },
      },
    ],
    [
      'the storage provisioner of minikube',
      'the storage provisioner of minikube',
      {
        kind: 'Pod',
        spec: {
          hostNetwork: true,
          containers: [
            container('gcr.io/k8s-minikube/storage-provisioner:v5', { command: ['/storage-provisioner'] }),
          ],
          volumes: hostPaths('/tmp'),
        },
      },
    ],
  ])('%s is %s, and all that it breaks is expected', (_title, name, given) => {
    expect(componentOf(workload(given))?.name).toBe(name)
    expect(left(workload(given))).toEqual([])
  })

  it.each<[string, Given]>([
    ['another namespace', { namespace: 'shop', spec: PROXY }],
    ['another kind', { kind: 'Deployment', spec: PROXY }],
    ['a pod that nothing controls', { kind: 'Pod', spec: PROXY }],
    [
      'a pod that is no static pod',
      { kind: 'Pod', spec: SCHEDULER, metadata: { labels: { tier: 'control-plane' } } },
    ],
    [
      'the name alone',
      {
        spec: { containers: [{ name: 'kube-proxy', image: 'acme.example/miner', command: ['kube-proxy'] }] },
      },
    ],
    [
      'the image with another command',
      { spec: { containers: [container('registry.k8s.io/kube-proxy:v1', { command: ['sh'] })] } },
    ],
    [
      'an image whose name only ends alike',
      { spec: { containers: [container('acme.example/not-kube-proxy', { command: ['kube-proxy'] })] } },
    ],
    ['a registrar without its folder', { spec: { ...CSI, volumes: [] } }],
    [
      'wrong types',
      { spec: { containers: [{ name: 'c', image: 5, command: 'kube-proxy', args: {} }], volumes: 'x' } },
    ],
  ])('is not fooled by %s', (_title, given) => {
    expect(componentOf(workload(given))).toBeUndefined()
  })

  it('excuses no privileged container beside a CSI registrar that shows the node no mount', () => {
    const beside = { name: 'miner', image: 'acme.example/miner', ...PRIVILEGED }
    const spec = { ...CSI, containers: [...(CSI.containers as JsonObject[]), beside] }
    expect(
      left(workload({ namespace: 'acme-storage', spec })).filter((each) => each.startsWith('priv')),
    ).toEqual([
      'privileged spec.containers.2.securityContext.privileged',
      'privileged spec.containers.2.securityContext.privileged',
    ])
  })

  it('excuses no exporter that may write to the whole node', () => {
    const spec = {
      containers: [
        container('quay.io/prometheus/node-exporter:v1', {
          args: ['--path.rootfs=/host'],
          volumeMounts: [{ name: 'v0', mountPath: '/host' }],
        }),
      ],
      volumes: hostPaths('/'),
    }
    expect(left(workload({ namespace: 'monitoring', spec }))).toContain(
      'hostPathVolumes spec.volumes.0.hostPath',
    )
  })

  it('excuses neither a container beside the real one nor a folder that its work does not need', () => {
    const beside = { name: 'debug', image: 'acme.example/debug', ...PRIVILEGED }
    const spec = {
      ...PROXY,
      containers: [...(PROXY.containers as JsonObject[]), beside],
      volumes: hostPaths(
        '/run/xtables.lock',
        '/lib/modules/../../root',
        '/',
        '/run/containerd/containerd.sock',
      ),
    }
    expect(left(workload({ spec })).filter((each) => !/restricted|NonRoot|Escalation/.test(each))).toEqual([
      'hostPathVolumes spec.volumes.1.hostPath',
      'hostPathVolumes spec.volumes.2.hostPath',
      'hostPathVolumes spec.volumes.3.hostPath',
      'privileged spec.containers.1.securityContext.privileged',
      'privileged spec.containers.1.securityContext.privileged',
    ])
  })
})
