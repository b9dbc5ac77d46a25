import type { Fact } from '../../model/index.js'
import type { ComponentSubject } from '../define-check.js'

/** An address that etcd listens on. */
export interface Listener {
  readonly url: string
  readonly tls: boolean
  /** Reached from this host alone. */
  readonly loopback: boolean
  /** Reached on every address of the host. */
  readonly everywhere: boolean
}

/** The listeners of a setting such as `listen-client-urls`. */
export function listenersOf(etcd: ComponentSubject, name: string): Fact<Listener[]> {
  const urls = etcd.strings(name)
  return urls.known ? { ...urls, value: urls.value.map(listenerOf) } : urls
}

function listenerOf(url: string): Listener {
  const [, scheme = '', authority = ''] = /^([a-z]+):\/\/([^/?#]*)/i.exec(url) ?? []
  const host = authority.replace(/:\d*$/, '').replace(/^\[|\]$/g, '')
  const local = scheme.startsWith('unix') || host === 'localhost' || host === '::1' || /^127\.\d/.test(host)
  return {
    url,
    tls: /^(?:https|unixs)$/i.test(scheme),
    loopback: local,
    everywhere: !scheme.startsWith('unix') && (host === '' || host === '0.0.0.0' || host === '::'),
  }
}

/**
 * Whether it is the only member: its own list of members names one, and nothing read here shows another. Of a member that
 * joined later, the state says so.
 */
export function isSingleMember(etcd: ComponentSubject): boolean {
  const cluster = etcd.string('initial-cluster')
  const state = etcd.string('initial-cluster-state')
  if (!cluster.known || !state.known || state.value === 'existing') return false
  if (new Set(cluster.value.split(',').filter(Boolean)).size > 1) return false
  const others = etcd.estate.hosts.filter(
    ({ name, commands }) => name !== etcd.host && commands.some(({ component }) => component === 'etcd'),
  )
  const pods = etcd.index
    .ofKind('', 'Pod')
    .filter(({ ref }) => ref.namespace === 'kube-system' && /^etcd-/.test(ref.name))
  return others.length === 0 && pods.length <= 1
}
