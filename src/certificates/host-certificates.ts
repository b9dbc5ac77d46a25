import type { Host, HostFile, Origin } from '../model/index.js'
import { certificateFacts, type CertificateFacts } from '../pki/index.js'
import { wayTo } from '../model/index.js'

/** A certificate of a host, and where it stands. */
export interface FoundCertificate extends CertificateFacts {
  readonly file: HostFile
  /** Its place for fingerprints: the path, and the number of the certificate where there are several. */
  readonly key: string
  readonly origin: Origin
  /** What a kubeconfig holds it for; undefined for files of certificates. */
  readonly embedded?: 'client' | 'authority'
  /** The first of its file: the others are its issuers. */
  readonly first: boolean
  /** The text that it stands in, with what stands beside it there. */
  readonly pem: string
}

const found = new WeakMap<Host, readonly FoundCertificate[]>()

/** Authorities of the operating system, and what somebody put aside. */
const NOT_JUDGED =
  /^\/(?:etc\/ssl\/certs|etc\/pki\/(?:tls|ca-trust)|usr\/share|usr\/local\/share\/ca-certificates|etc\/ca-certificates)\/|\.(?:bak|old|orig|backup|save|rpmsave|dpkg-\w+)$|~$/

/** Earlier certificates of a kubelet stay beside the one in use. Source: client-go v0.36.2 util/certificate/certificate_store.go. */
const ROTATED = /^(.*\/kubelet-(?:client|server))-\d{4}-[\w.-]+\.pem$/

/** Every certificate that was read on a host, each once, in the order of paths. */
export function certificatesOfHost(host: Host): readonly FoundCertificate[] {
  const seen = new Set<string>()
  return allCertificatesOf(host).filter(({ embedded, fingerprint }) => {
    // Kubeconfigs repeat the authority that stands in its own file; each credential in one is a place of its own.
    if (embedded !== 'client' && seen.has(fingerprint)) return false
    seen.add(fingerprint)
    return true
  })
}

/** Every place of a certificate on a host. */
export function allCertificatesOf(host: Host): readonly FoundCertificate[] {
  let list = found.get(host)
  if (list === undefined) {
    list = readCertificates(host)
    found.set(host, list)
  }
  return list
}

function readCertificates(host: Host): FoundCertificate[] {
  const ends = new Set<string>()
  return [...host.files.values()].flatMap((file) => {
    if (file.text === undefined || NOT_JUDGED.test(file.path)) return []
    const rotated = ROTATED.exec(file.path)
    if (rotated !== null && host.files.has(`${rotated[1] ?? ''}-current.pem`)) return []
    if (!file.text.includes('-----BEGIN CERTIFICATE-----') && !file.text.includes('-data')) return []
    const { end } = wayTo(host, file.path)
    if (ends.has(end.path)) return []
    ends.add(end.path)
    return [...inPem(host, file), ...inKubeconfig(host, file)]
  })
}

function inPem(host: Host, file: HostFile): FoundCertificate[] {
  const text = file.text ?? ''
  if (!text.includes('-----BEGIN CERTIFICATE-----')) return []
  const lines = linesOf(text, /-----BEGIN CERTIFICATE-----/g)
  return certificateFacts(text).map((facts, index) => ({
    ...facts,
    file,
    key: index === 0 ? file.path : `${file.path}#${index + 1}`,
    origin: { kind: 'file', host: host.name, file: file.path, line: lines[index] ?? 1 },
    first: index === 0,
    pem: text,
  }))
}

const EMBEDDED =
  /["']?(client-certificate|certificate-authority)-data["']?\s{0,20}:\s{0,20}["']?([A-Za-z0-9+/]{40,200000}={0,2})/g

function inKubeconfig(host: Host, file: HostFile): FoundCertificate[] {
  const text = file.text ?? ''
  if (!text.includes('-data')) return []
  return [...text.matchAll(EMBEDDED)].slice(0, 50).flatMap((match, at) => {
    const [, name, data = ''] = match
    const embedded = name === 'client-certificate' ? ('client' as const) : ('authority' as const)
    const line = text.slice(0, match.index).split('\n').length
    const pem = Buffer.from(data, 'base64').toString('latin1')
    return certificateFacts(pem).map((facts, index) => ({
      ...facts,
      file,
      key: `${file.path}#${embedded}-${at + index + 1}`,
      origin: { kind: 'file' as const, host: host.name, file: file.path, line },
      embedded,
      first: index === 0,
      pem,
    }))
  })
}

function linesOf(text: string, pattern: RegExp): number[] {
  const lines: number[] = []
  let line = 1
  let last = 0
  for (const { index } of text.matchAll(pattern)) {
    line += text.slice(last, index).split('\n').length - 1
    last = index
    lines.push(line)
  }
  return lines
}

/** Files that hold certificates by their name and could not be read. */
export function unreadCertificates(host: Host): string[] {
  return [...host.files.values()].flatMap(({ path, text, unreadable, type }) =>
    text === undefined &&
    unreadable !== undefined &&
    type !== 'directory' &&
    /\.(?:crt|cert)$/.test(path) &&
    !NOT_JUDGED.test(path)
      ? [path]
      : [],
  )
}
