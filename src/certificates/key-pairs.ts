import type { Host, HostFile } from '../model/index.js'
import { flagsOf } from './certificate-roles.js'
import { allCertificatesOf, type FoundCertificate } from './host-certificates.js'

/** A certificate and the private key that is used with it. */
export interface KeyPair {
  /** Paths; one and the same where a file holds both. */
  readonly certificate: string
  readonly key: string
  readonly line: number
  /** Whether they belong together; undefined where the key could not be read. */
  readonly fits: boolean | undefined
}

/** Flags of a certificate, with that of its key. */
const FLAGS: Readonly<Record<string, string>> = {
  'tls-cert-file': 'tls-private-key-file',
  'kubelet-client-certificate': 'kubelet-client-key',
  'etcd-certfile': 'etcd-keyfile',
  'proxy-client-cert-file': 'proxy-client-key-file',
  'cluster-signing-cert-file': 'cluster-signing-key-file',
  'cert-file': 'key-file',
  'peer-cert-file': 'peer-key-file',
  tlscert: 'tlskey',
}

/** Pairs of a host: in one file, named by flags of one component, or of one name (`x.crt` and `x.key`, `x.pem` and `x-key.pem`). */
export function keyPairsOf(host: Host): KeyPair[] {
  const certificates = allCertificatesOf(host)
  const byFile = new Map<string, FoundCertificate>()
  for (const each of certificates)
    if (each.embedded === undefined && each.first) byFile.set(each.file.path, each)
  const pairs = new Map<string, KeyPair>()
  const put = (certificate: FoundCertificate | undefined, key: HostFile | undefined): void => {
    if (certificate === undefined || key === undefined || certificate.publicKey === undefined) return
    const { path } = certificate.file
    if (pairs.has(`${path} ${key.path}`)) return
    const line = certificate.origin.kind === 'file' ? (certificate.origin.line ?? 1) : 1
    const keys = key.publicKeys
    const fits = keys === undefined ? undefined : keys.includes(certificate.publicKey)
    pairs.set(`${path} ${key.path}`, { certificate: path, key: key.path, line, fits })
  }
  for (const [certificate, key] of namedByFlags(host)) put(byFile.get(certificate), host.files.get(key))
  for (const [path, certificate] of byFile) {
    if (certificate.file.publicKeys !== undefined) put(certificate, certificate.file)
    const base = path.replace(/\.(?:crt|cert|pem)$/, '')
    if (base === path) continue
    for (const name of [`${base}.key`, `${base}-key.pem`]) put(certificate, host.files.get(name))
  }
  for (const each of certificates)
    if (each.embedded === 'client' && each.first && each.file.publicKeys !== undefined) put(each, each.file)
  return [...pairs.values()]
}

function namedByFlags(host: Host): [string, string][] {
  const flags = flagsOf(host)
  return flags.flatMap(({ component, name, value }) => {
    const wanted = Object.hasOwn(FLAGS, name) ? FLAGS[name] : undefined
    const key = flags.find((flag) => flag.component === component && flag.name === wanted)
    return key === undefined ? [] : [[value, key.value] as [string, string]]
  })
}
