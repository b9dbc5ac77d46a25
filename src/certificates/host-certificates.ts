import type { Host, HostFile, Origin } from '../model/index.js'
import { brokenCertificatesOf, certificateFacts, type CertificateFacts } from '../pki/index.js'
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
const notRead = new WeakMap<Host, readonly UnreadCertificate[]>()

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
  return filesWithCertificates(host).flatMap((file) => [...inPem(host, file), ...inKubeconfig(host, file)])
}

/** Files that hold certificates in PEM or a kubeconfig, each once, whatever the links that lead to it. */
function filesWithCertificates(host: Host): HostFile[] {
  const ends = new Set<string>()
  return [...host.files.values()].filter((file) => {
    if (file.text === undefined || NOT_JUDGED.test(file.path)) return false
    const rotated = ROTATED.exec(file.path)
    if (rotated !== null && host.files.has(`${rotated[1] ?? ''}-current.pem`)) return false
    if (!file.text.includes('-----BEGIN CERTIFICATE-----') && !file.text.includes('-data')) return false
    const { end } = wayTo(host, file.path)
    if (ends.has(end.path)) return false
    ends.add(end.path)
    return true
  })
}

function inPem(host: Host, file: HostFile): FoundCertificate[] {
  const text = file.text ?? ''
  if (!text.includes('-----BEGIN CERTIFICATE-----')) return []
  const broken = new Set(brokenCertificatesOf(text))
  const begins = [...text.matchAll(/-----BEGIN CERTIFICATE-----/g)]
    .map(({ index }) => index)
    .filter((at) => !broken.has(at))
  const lines = linesAt(text, begins)
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

interface EmbeddedPem {
  readonly as: 'client' | 'authority'
  readonly line: number
  readonly pem: string
}

function embeddedIn(text: string): EmbeddedPem[] {
  if (!text.includes('-data')) return []
  return [...text.matchAll(EMBEDDED)].slice(0, 50).map((match) => {
    const [, name, data = ''] = match
    return {
      as: name === 'client-certificate' ? 'client' : 'authority',
      line: linesAt(text, [match.index])[0] ?? 1,
      pem: Buffer.from(data, 'base64').toString('latin1'),
    }
  })
}

function inKubeconfig(host: Host, file: HostFile): FoundCertificate[] {
  return embeddedIn(file.text ?? '').flatMap(({ as, line, pem }, at) =>
    certificateFacts(pem).map((facts, index) => ({
      ...facts,
      file,
      key: `${file.path}#${as}-${at + index + 1}`,
      origin: { kind: 'file' as const, host: host.name, file: file.path, line },
      embedded: as,
      first: index === 0,
      pem,
    })),
  )
}

/** The lines of offsets of a text, in their order; lines count from 1. */
function linesAt(text: string, offsets: readonly number[]): number[] {
  const lines: number[] = []
  let line = 1
  let last = 0
  for (const offset of offsets) {
    line += text.slice(last, offset).split('\n').length - 1
    last = offset
    lines.push(line)
  }
  return lines
}

/** A place of a certificate of which nothing is known. */
export interface UnreadCertificate {
  readonly path: string
  readonly line?: number
  /** Why, in a few words behind `it`. */
  readonly why: string
}

/** Certificates that could not be read: their files, by their names, or what stands in the files. */
export function unreadCertificates(host: Host): readonly UnreadCertificate[] {
  let list = notRead.get(host)
  if (list === undefined) {
    list = findUnread(host)
    notRead.set(host, list)
  }
  return list
}

function findUnread(host: Host): UnreadCertificate[] {
  const unread = [...host.files.values()].flatMap(({ path, text, unreadable, type }) =>
    text === undefined &&
    unreadable !== undefined &&
    type !== 'directory' &&
    /\.(?:crt|cert)$/.test(path) &&
    !NOT_JUDGED.test(path)
      ? [{ path, why: 'could not be read' }]
      : [],
  )
  return [...unread, ...filesWithCertificates(host).flatMap(brokenIn)]
}

const BROKEN = 'is no certificate that can be read: cut off, or something else'

function brokenIn({ path, text = '' }: HostFile): UnreadCertificate[] {
  const inText = linesAt(text, brokenCertificatesOf(text)).map((line) => ({ path, line, why: BROKEN }))
  const embedded = embeddedIn(text)
    .filter(({ pem }) => brokenCertificatesOf(pem).length > 0 || certificateFacts(pem).length === 0)
    .map(({ line }) => ({ path, line, why: BROKEN }))
  return [...inText, ...embedded]
}
