import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { stringify } from 'yaml'
import { relay } from '../../cluster/node-network.js'
import { IMAGES, type RunningNode, type TestCluster } from '../../cluster/start-cluster.js'

/** Where static pods of kubeadm's hosts stand. */
export const MANIFEST = '/etc/kubernetes/manifests/kube-apiserver.yaml'
const PORT = 6443

/** An API server in a static pod of a node, as kubeadm makes one, on the etcd of the cluster. */
export interface StaticApiServer {
  readonly server: string
  /** This machine's end of the link to the node. */
  readonly link: string
  /** The path of a file of the node as this machine sees it. */
  readonly inNode: (file: string) => string
  stop(): void
}

/**
 * Writes the manifest. Its program is that of the test cluster, which is the component by whose name it is called; its
 * probes carry no credential, as kubeadm's.
 */
export async function startStaticApiServer(
  cluster: TestCluster,
  node: RunningNode,
  program: string,
  version: string,
): Promise<StaticApiServer> {
  const etcdPort = Number(new URL(cluster.etcd.url).port)
  const link = node.address.replace(/\d+$/, '1')
  const etcd = await relay(link, etcdPort)
  const serving = await cluster.issue('static-apiserver', {
    name: 'kube-apiserver',
    server: true,
    ips: [node.address, '127.0.0.1'],
    dns: ['localhost', 'kubernetes.default.svc'],
  })
  const replaced: Readonly<Record<string, string>> = {
    'bind-address': node.address,
    'advertise-address': node.address,
    'secure-port': String(PORT),
    'etcd-servers': `https://${link}:${etcdPort}`,
    'tls-cert-file': serving.cert,
    'tls-private-key-file': serving.key,
  }
  const flags = cluster.apiServerArgs.map((flag) => {
    const name = /^--([\w-]+)/.exec(flag)?.[1] ?? ''
    return replaced[name] === undefined ? flag : `--${name}=${replaced[name]}`
  })
  // An issuer of tokens, which has to move into the file that limits requests without a credential.
  flags.push(
    '--oidc-issuer-url=https://login.example',
    '--oidc-client-id=kubernetes',
    '--oidc-groups-claim=groups',
    '--oidc-groups-prefix=oidc:',
    '--oidc-required-claim=team=a',
    `--oidc-ca-file=${cluster.ca.cert}`,
  )
  const inNode = (file: string): string => path.join(`/proc/${node.pid}/root`, file)
  mkdirSync(path.dirname(inNode(MANIFEST)), { recursive: true })
  writeFileSync(inNode(MANIFEST), manifest(node, flags, path.join(cluster.folder, 'pki'), program, version))
  return { server: `https://${node.address}:${PORT}`, link, inNode, stop: () => etcd.close() }
}

function manifest(
  node: RunningNode,
  flags: readonly string[],
  pki: string,
  program: string,
  version: string,
): string {
  const probe = (at: string): object => ({
    httpGet: { host: node.address, path: at, port: PORT, scheme: 'HTTPS' },
    periodSeconds: 1,
    timeoutSeconds: 15,
  })
  const executable = `/opt/kubernetes-${version}/kube-apiserver`
  const volumes = [
    { hostPath: { path: pki, type: 'Directory' }, name: 'k8s-certs' },
    { hostPath: { path: program, type: 'File' }, name: 'program' },
  ]
  return stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      annotations: {
        'kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint': `${node.address}:${PORT}`,
      },
      labels: { component: 'kube-apiserver', tier: 'control-plane' },
      name: 'kube-apiserver',
      namespace: 'kube-system',
    },
    spec: {
      containers: [
        {
          command: [executable, ...flags],
          image: IMAGES.busybox,
          imagePullPolicy: 'Never',
          livenessProbe: { ...probe('/livez'), failureThreshold: 8, initialDelaySeconds: 10 },
          name: 'kube-apiserver',
          readinessProbe: { ...probe('/readyz'), failureThreshold: 3 },
          startupProbe: { ...probe('/livez'), failureThreshold: 60 },
          volumeMounts: [
            { mountPath: pki, name: 'k8s-certs', readOnly: true },
            { mountPath: executable, name: 'program', readOnly: true },
          ],
        },
      ],
      hostNetwork: true,
      priorityClassName: 'system-node-critical',
      volumes,
    },
    status: {},
  })
}
