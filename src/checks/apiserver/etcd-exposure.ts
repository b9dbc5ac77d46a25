import type { Command, Host } from '../../model/index.js'
import { readableByOthers } from '../readable-by-others.js'

const LOOPBACK_URL = /^https?:\/\/(?:127\.[\d.]+|\[::1\]|localhost)(?::\d+)?\/?$/

/**
 * Why what etcd of this host keeps is open to others than the API server, as the end of a sentence; undefined
 * where nothing of the kind was seen.
 */
export function etcdExposure(host: Host | undefined): string | undefined {
  if (host === undefined) return undefined
  const etcd = host.commands.find(({ component }) => component === 'etcd')
  const folder = (etcd === undefined ? undefined : flag(etcd, 'data-dir')) ?? '/var/lib/etcd'
  const database = `${folder}/member/snap/db`
  // Its owner may be a user that etcd has of its own: only what is open to everybody counts.
  const open = ((host.files.get(database)?.mode ?? 0) & 0o004) !== 0
  if (open && readableByOthers(host, database) === true) {
    return `every user of the host may read the database of etcd in ${folder}`
  }
  return etcd !== undefined && answersAnybody(etcd)
    ? 'etcd answers clients without a certificate on an address of the network'
    : undefined
}

/** A client CA asks for certificates even where --client-cert-auth does not. Source: etcd v3.6 client/pkg/transport/listener.go, ServerConfig. */
function answersAnybody(etcd: Command): boolean {
  if (etcd.cut === true || (etcd.unresolved ?? []).length > 0) return false
  const urls = (flag(etcd, 'listen-client-urls') ?? '').split(',').filter((url) => url !== '')
  const open = urls.filter((url) => !LOOPBACK_URL.test(url.trim()))
  const asks =
    (flag(etcd, 'trusted-ca-file') ?? '') !== '' ||
    /^(?:true|1|t)$/i.test(flag(etcd, 'client-cert-auth') ?? '')
  return open.some((url) => /^\s*http:/.test(url) || (/^\s*https:/.test(url) && !asks))
}

/** The last value of a flag of etcd, which takes one hyphen or two; `true` where it stands without a value. */
function flag({ args }: Command, name: string): string | undefined {
  const words = args.map(({ value }) => value)
  const at = words.findLastIndex((word) => new RegExp(`^--?${name}(?:=|$)`).test(word))
  const word = words[at]
  if (word === undefined) return undefined
  if (word.includes('=')) return word.slice(word.indexOf('=') + 1)
  const next = words[at + 1]
  return next === undefined || next.startsWith('-') ? 'true' : next
}
