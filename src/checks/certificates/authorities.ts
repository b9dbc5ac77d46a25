import type { Host } from '../../model/index.js'
import { flagsOf } from '../../certificates/index.js'
import { allCertificatesOf } from '../../certificates/index.js'

/** A certificate authority of a host, and for what its certificates are let in. */
export interface Authority {
  readonly path: string
  readonly line: number
  readonly purpose: string
  readonly publicKey: string
}

const CLIENTS = 'clients of the API'
const PROXIES = 'front proxies of the API'
const ETCD = 'etcd'
const DOCKER = 'clients of Docker'

const FLAGS: Readonly<Record<string, string>> = {
  'client-ca-file': CLIENTS,
  'requestheader-client-ca-file': PROXIES,
  'etcd-cafile': ETCD,
  tlscacert: DOCKER,
}

/** Places of distributions, for where no flag was seen. */
const PLACES: readonly (readonly [RegExp, string])[] = [
  [
    /^\/(?:etc\/kubernetes\/(?:pki|ssl)|var\/lib\/minikube\/certs|var\/snap\/microk8s\/current\/certs)\/ca\.(?:crt|pem)$/,
    CLIENTS,
  ],
  [/^\/var\/lib\/rancher\/(?:k3s|rke2)\/server\/tls\/client-ca\.crt$/, CLIENTS],
  [/\/(?:front-proxy-ca|proxy-client-ca|request-header-ca)\.(?:crt|pem)$/, PROXIES],
  [/\/etcd\/(?:server-|peer-)?ca\.(?:crt|pem)$/, ETCD],
  [/^\/etc\/docker\/ca\.pem$/, DOCKER],
]

/** The authorities of a host in the order of their purposes. That of an etcd that runs here is another check's. */
export function authoritiesOf(host: Host): Authority[] {
  const named = new Map(
    flagsOf(host).flatMap(({ name, value }) => {
      const purpose = Object.hasOwn(FLAGS, name) ? FLAGS[name] : undefined
      return purpose === undefined ? [] : [[value, purpose] as const]
    }),
  )
  const etcdRuns = host.commands.some(({ component }) => component === 'etcd')
  const order = [CLIENTS, PROXIES, ETCD, DOCKER]
  // One file for two purposes is one authority too, so repeated certificates are wanted here.
  return certificatesIn(host)
    .flatMap(({ path, line, publicKey }) => {
      const purpose = named.get(path) ?? PLACES.find(([place]) => place.test(path))?.[1]
      return purpose === undefined || (purpose === ETCD && etcdRuns)
        ? []
        : [{ path, line, publicKey, purpose }]
    })
    .sort((left, right) => order.indexOf(left.purpose) - order.indexOf(right.purpose))
}

function certificatesIn(host: Host): { path: string; line: number; publicKey: string }[] {
  return allCertificatesOf(host).flatMap(({ file, origin, publicKey, ca, embedded }) =>
    publicKey === undefined || !ca || embedded !== undefined
      ? []
      : [{ path: file.path, line: origin.kind === 'file' ? (origin.line ?? 1) : 1, publicKey }],
  )
}
