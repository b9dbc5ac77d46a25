import { known, type Fact, type Origin } from '../../model/index.js'
import type { ComponentSubject } from '../define-check.js'

/** An address at which the API server asks etcd, and the flag that names it. */
export interface EtcdServer {
  readonly url: string
  readonly flag: 'etcd-servers' | 'etcd-servers-overrides'
  readonly origin: Origin
}

/**
 * All addresses of etcd. An override is `GROUP/RESOURCE#SERVER;SERVER`.
 * Source: k8s.io/apiserver v0.36.3 pkg/server/options/etcd.go, AddFlags and ParseEtcdServersOverrides.
 */
export function etcdServersOf(apiserver: ComponentSubject): Fact<readonly EtcdServer[]> {
  const main = apiserver.strings('etcd-servers')
  if (!main.known) return main
  const overrides = apiserver.strings('etcd-servers-overrides')
  if (!overrides.known) return overrides
  const others = overrides.value.flatMap((word) => word.slice(word.indexOf('#') + 1).split(';'))
  return known(
    [
      ...main.value.map((url): EtcdServer => ({ url, flag: 'etcd-servers', origin: main.origin })),
      ...others.map((url): EtcdServer => ({ url, flag: 'etcd-servers-overrides', origin: overrides.origin })),
    ],
    main.origin,
  )
}

/** A socket of the host itself (kine of k3s, dqlite of MicroK8s): nothing of it leaves the host. */
export function isSocket(url: string): boolean {
  return /^unixs?:/i.test(url)
}
