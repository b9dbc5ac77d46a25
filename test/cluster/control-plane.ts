import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Authority, type KeyPairFiles } from '../kit/authority.js'
import { ask, type Connection } from './admin-request.js'
import { ComponentProcess } from './component-process.js'
import type { Components } from './components.js'
import { freePorts } from './free-ports.js'
import { chooseNetwork, relayAddresses } from './node-network.js'
import { writeKubeconfig } from './write-kubeconfig.js'

const LOOPBACK = '127.0.0.1'
const MONTH = 30 * 24 * 60 * 60 * 1000

export interface ControlPlaneOptions {
  /** `--authorization-mode`; Node,RBAC where neither it nor a configuration is given. */
  readonly authorizationMode?: string
  /** `--authorization-config`: a file, which the API server reads again when it changes. */
  readonly authorizationConfig?: string
  /** `--authorization-policy-file`: the file of ABAC. */
  readonly authorizationPolicyFile?: string
  /** Further flags of kube-apiserver, after ours. */
  readonly apiServerArgs?: readonly string[]
  readonly scheduler?: boolean
  /** Without it there are no default service accounts and aggregated roles stay empty, but the start is faster. */
  readonly controllerManager?: boolean
}

/** Everything about a control plane that runs. */
export interface ControlPlane {
  /** See node-network.ts. */
  readonly network: number
  readonly authority: Authority
  readonly server: string
  readonly admin: KeyPairFiles
  readonly kubeconfig: string
  readonly etcd: { readonly url: string; readonly client: KeyPairFiles }
  /** The flags of kube-apiserver, so that a test can start another one beside it. */
  readonly apiServerArgs: readonly string[]
}

/** Starts etcd, kube-apiserver and, unless not wanted, kube-controller-manager and kube-scheduler; each is ready. */
export async function startControlPlane(
  folder: string,
  { program }: Components,
  options: ControlPlaneOptions,
  started: (process: ComponentProcess) => void,
): Promise<ControlPlane> {
  const network = chooseNetwork()
  const pki = path.join(folder, 'pki')
  const authority = await Authority.create(pki, 'ca', 'kubernetes test authority')
  const [etcdPort = 0, peerPort = 0, apiPort = 0, managerPort = 0, schedulerPort = 0] = await freePorts(5)
  const start = (name: string, args: readonly string[]): ComponentProcess => {
    const process = ComponentProcess.start({ name, folder, program, args: [name, ...args] })
    started(process)
    return process
  }
  const issue = (file: string, name: string, groups: readonly string[] = []): Promise<KeyPairFiles> =>
    authority.issue(file, { name, groups, client: true, life: MONTH })

  const etcd = await startEtcd(folder, authority, relayAddresses(network), etcdPort, peerPort, start)
  const server = `https://${LOOPBACK}:${apiPort}`
  const admin = await issue('admin', 'kubernetes-admin', ['system:masters'])
  const cluster = { server, ca: authority.files.cert }
  const flags = await apiServerArgs(folder, authority, network, apiPort, etcd, issue, options)
  const apiServer = start('kube-apiserver', flags)
  const connection: Connection = { ...cluster, client: admin }
  await apiServer.until('ready', async () => (await ask(connection, '/readyz')).status === 200)

  const componentKubeconfig = async (name: string): Promise<string> =>
    writeKubeconfig(
      path.join(folder, `${name}.kubeconfig`),
      cluster,
      `system:${name}`,
      await issue(name, `system:${name}`),
    )
  const local = (port: number): string[] => [
    '--leader-elect=false',
    `--bind-address=${LOOPBACK}`,
    `--secure-port=${port}`,
  ]
  if (options.scheduler ?? true) {
    const name = 'kube-scheduler'
    start(name, [`--kubeconfig=${await componentKubeconfig(name)}`, ...local(schedulerPort)])
  }
  if (options.controllerManager ?? true) {
    const name = 'kube-controller-manager'
    const manager = start(name, [
      `--kubeconfig=${await componentKubeconfig(name)}`,
      ...local(managerPort),
      '--use-service-account-credentials',
      `--service-account-private-key-file=${path.join(pki, 'service-accounts.key')}`,
      `--root-ca-file=${authority.files.cert}`,
      `--cluster-signing-cert-file=${authority.files.cert}`,
      `--cluster-signing-key-file=${authority.files.key}`,
    ])
    const account = '/api/v1/namespaces/default/serviceaccounts/default'
    await manager.until('at work', async () => (await ask(connection, account)).status === 200)
  }
  const kubeconfig = writeKubeconfig(
    path.join(folder, 'admin.kubeconfig'),
    cluster,
    'kubernetes-admin',
    admin,
  )
  return { network, authority, server, admin, kubeconfig, etcd, apiServerArgs: flags }
}

type Start = (name: string, args: readonly string[]) => ComponentProcess

/** etcd with its data in the folder; it asks every client for a certificate. */
async function startEtcd(
  folder: string,
  authority: Authority,
  relays: readonly string[],
  port: number,
  peerPort: number,
  start: Start,
): Promise<ControlPlane['etcd']> {
  // Its gateway for HTTP asks itself with the certificate of the server: that one needs both usages.
  const own = await authority.issue('etcd', {
    name: 'etcd',
    server: true,
    client: true,
    ips: [LOOPBACK, ...relays],
    dns: ['localhost'],
    life: MONTH,
  })
  const client = await authority.issue('etcd-client', {
    name: 'kube-apiserver-etcd-client',
    client: true,
    life: MONTH,
  })
  const url = `https://${LOOPBACK}:${port}`
  const peers = `http://${LOOPBACK}:${peerPort}`
  const etcd = start('etcd', [
    '--name=test',
    `--data-dir=${path.join(folder, 'etcd')}`,
    // A cluster that lives for a test needs no data that survive a crash of the machine.
    '--unsafe-no-fsync',
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    `--listen-peer-urls=${peers}`,
    `--initial-advertise-peer-urls=${peers}`,
    `--initial-cluster=test=${peers}`,
    `--cert-file=${own.cert}`,
    `--key-file=${own.key}`,
    '--client-cert-auth',
    `--trusted-ca-file=${authority.files.cert}`,
    '--log-level=warn',
  ])
  const connection = { server: url, ca: authority.files.cert, client }
  await etcd.until('healthy', async () => (await ask(connection, '/health')).status === 200)
  return { url, client }
}

async function apiServerArgs(
  folder: string,
  authority: Authority,
  network: number,
  port: number,
  etcd: ControlPlane['etcd'],
  issue: (file: string, name: string, groups?: readonly string[]) => Promise<KeyPairFiles>,
  options: ControlPlaneOptions,
): Promise<string[]> {
  const pki = path.join(folder, 'pki')
  mkdirSync(pki, { recursive: true })
  const serving = await authority.issue('kube-apiserver', {
    name: 'kube-apiserver',
    server: true,
    ips: [LOOPBACK, '10.0.0.1', ...relayAddresses(network)],
    dns: ['localhost', 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc'],
    life: MONTH,
  })
  const kubelet = await issue('kubelet-client', 'kube-apiserver-kubelet-client', ['system:masters'])
  const front = await Authority.create(pki, 'front-proxy-ca', 'front proxy test authority')
  const proxy = await front.issue('front-proxy', { name: 'front-proxy-client', client: true, life: MONTH })
  const accountKey = path.join(pki, 'service-accounts.key')
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  writeFileSync(accountKey, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  return [
    `--bind-address=${LOOPBACK}`,
    `--advertise-address=${LOOPBACK}`,
    `--secure-port=${port}`,
    // A loopback address may not stand among the endpoints of the service `kubernetes`.
    '--endpoint-reconciler-type=none',
    `--etcd-servers=${etcd.url}`,
    `--etcd-cafile=${authority.files.cert}`,
    `--etcd-certfile=${etcd.client.cert}`,
    `--etcd-keyfile=${etcd.client.key}`,
    `--tls-cert-file=${serving.cert}`,
    `--tls-private-key-file=${serving.key}`,
    `--client-ca-file=${authority.files.cert}`,
    `--kubelet-certificate-authority=${authority.files.cert}`,
    `--kubelet-client-certificate=${kubelet.cert}`,
    `--kubelet-client-key=${kubelet.key}`,
    '--kubelet-preferred-address-types=InternalIP',
    `--requestheader-client-ca-file=${front.files.cert}`,
    '--requestheader-allowed-names=front-proxy-client',
    '--requestheader-username-headers=X-Remote-User',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    `--proxy-client-cert-file=${proxy.cert}`,
    `--proxy-client-key-file=${proxy.key}`,
    `--service-account-key-file=${accountKey}`,
    `--service-account-signing-key-file=${accountKey}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-cluster-ip-range=10.0.0.0/24',
    '--allow-privileged',
    '--enable-admission-plugins=NodeRestriction',
    ...authorizationArgs(options),
    ...(options.apiServerArgs ?? []),
  ]
}

function authorizationArgs(options: ControlPlaneOptions): string[] {
  const { authorizationMode, authorizationConfig, authorizationPolicyFile } = options
  const policy =
    authorizationPolicyFile === undefined ? [] : [`--authorization-policy-file=${authorizationPolicyFile}`]
  if (authorizationConfig !== undefined) return [`--authorization-config=${authorizationConfig}`, ...policy]
  return [`--authorization-mode=${authorizationMode ?? 'Node,RBAC'}`, ...policy]
}
