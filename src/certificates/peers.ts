import type { Host } from '../model/index.js'
import { chainsTo, isForServer } from '../pki/index.js'
import type { CertificateFault, ChainAnswer } from './certificate-entry.js'
import { usersByPath, type NamedUser } from './certificate-users.js'
import { kubeconfigsOfHost, type HostKubeconfig } from './kubeconfigs-of-host.js'

/** A setting of a component. */
interface Setting {
  readonly component: string
  readonly setting: string
}

/** Who is shown a certificate trusts what another setting names. */
interface PeerRule extends Setting {
  readonly peer: string
  readonly trusts: readonly Setting[]
}

const of = (component: string, setting: string): Setting => ({ component, setting })

/** Source: kubernetes.io docs setup/best-practices/certificates, etcd docs op-guide/security, docs.docker.com protect-access. */
const RULES: readonly PeerRule[] = [
  { ...of('kube-apiserver', 'etcd-certfile'), peer: 'etcd', trusts: [of('etcd', 'trusted-ca-file')] },
  { ...of('etcd', 'cert-file'), peer: 'kube-apiserver', trusts: [of('kube-apiserver', 'etcd-cafile')] },
  {
    ...of('etcd', 'peer-cert-file'),
    peer: 'other members of etcd',
    trusts: [of('etcd', 'peer-trusted-ca-file')],
  },
  {
    ...of('kube-apiserver', 'kubelet-client-certificate'),
    peer: 'kubelets',
    trusts: [of('kubelet', 'client-ca-file')],
  },
  {
    ...of('kube-apiserver', 'proxy-client-cert-file'),
    peer: 'extension API servers',
    trusts: [of('kube-apiserver', 'requestheader-client-ca-file')],
  },
  {
    ...of('kubelet', 'tls-cert-file'),
    peer: 'the API server',
    trusts: [of('kube-apiserver', 'kubelet-certificate-authority')],
  },
  { ...of('docker', 'docker-cert'), peer: 'dockerd', trusts: [of('dockerd', 'tlscacert')] },
  { ...of('dockerd', 'tlscert'), peer: 'docker clients', trusts: [of('docker', 'docker-ca')] },
]

/** What the others make of a certificate. */
export interface PeerAnswer {
  readonly chain: ChainAnswer
  readonly faults: readonly CertificateFault[]
}

/**
 * Whether those who are shown a certificate of a host accept it, as far as they are on the same host: the authority that
 * they trust has to have signed it, and clients of the API server have to find the name that they call it by.
 */
export function askPeers(
  host: Host,
  pem: string,
  users: readonly NamedUser[],
  embeddedIn?: string,
): PeerAnswer {
  const answers: ChainAnswer[] = []
  for (const user of users) {
    for (const rule of RULES.filter((each) => same(each, user))) answers.push(trusted(host, pem, rule))
    if (user.component === 'kube-apiserver' && user.setting === 'tls-cert-file') {
      const clients = askKubeconfigs(host, pem)
      if (clients !== undefined) return clients
    }
    if (user.setting === 'client-certificate') answers.push(trustedByApiServer(host, pem))
  }
  if (embeddedIn !== undefined) answers.push(trustedByApiServer(host, pem))
  const broken = answers.find(({ kind }) => kind === 'broken')
  const fits = answers.find(({ kind }) => kind === 'fits')
  const chain = broken ?? fits ?? answers[0] ?? { kind: 'unknown', why: 'who is shown it was not seen' }
  return { chain, faults: chain.kind === 'broken' ? [chainFault(chain.against)] : [] }
}

const chainFault = (against: string): CertificateFault => ({
  kind: 'chain',
  message: `it is not signed by the authority in ${against} and is refused`,
})

function same(left: Setting, right: Setting): boolean {
  return left.component === right.component && left.setting === right.setting
}

function trusted(host: Host, pem: string, { trusts, peer }: PeerRule): ChainAnswer {
  const found = authoritiesBy(host, trusts)
  if (found.length === 0) return { kind: 'unknown', why: `what ${peer} trust was not seen` }
  const good = found.find(({ text }) => chainsTo(pem, text))
  if (good !== undefined) return { kind: 'fits', against: good.path }
  return { kind: 'broken', against: `${found[0]?.path ?? ''}, the one of ${peer},` }
}

function trustedByApiServer(host: Host, pem: string): ChainAnswer {
  const found = authoritiesBy(host, [of('kube-apiserver', 'client-ca-file')])
  if (found.length === 0) return { kind: 'unknown', why: 'what the API server trusts was not seen' }
  const good = found.find(({ text }) => chainsTo(pem, text))
  if (good !== undefined) return { kind: 'fits', against: good.path }
  return { kind: 'broken', against: `${found[0]?.path ?? ''}, the one of the API server,` }
}

function authoritiesBy(
  host: Host,
  settings: readonly Setting[],
): { readonly path: string; readonly text: string }[] {
  return [...usersByPath(host)].flatMap(([path, users]) => {
    const text = host.files.get(path)?.text
    const wanted = users.some((user) => settings.some((setting) => same(setting, user)))
    return wanted && text !== undefined ? [{ path, text }] : []
  })
}

/** Kubeconfigs that kubeadm and components use lead to this host's API server; what else lies about may lead anywhere. */
const OF_THE_CLUSTER = /^\/etc\/kubernetes\/[\w-]+\.(?:conf|kubeconfig)$/

function askKubeconfigs(host: Host, pem: string): PeerAnswer | undefined {
  const here = kubeconfigsOfHost(host).filter(
    ({ path, component, authority }) =>
      authority !== undefined && (component !== undefined || OF_THE_CLUSTER.test(path)),
  )
  const [first] = here
  if (first === undefined) return undefined
  const faults = here.flatMap((kubeconfig) => faultsFor(pem, kubeconfig))
  const refusing = here.find(({ authority }) => !chainsTo(pem, authority ?? ''))
  return {
    chain:
      refusing === undefined
        ? { kind: 'fits', against: first.path }
        : { kind: 'broken', against: refusing.path },
    faults,
  }
}

function faultsFor(pem: string, { path, authority, serverName }: HostKubeconfig): CertificateFault[] {
  if (!chainsTo(pem, authority ?? '')) return [chainFault(path)]
  if (serverName === undefined || isForServer(pem, serverName)) return []
  return [
    { kind: 'name', message: `${path} calls the API server ${serverName}, which is not among its names` },
  ]
}
