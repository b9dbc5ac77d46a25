import { clientFactHolds } from './client-facts.js'
import type { ClientInput, SeenCertificate, SeenFile } from './client-input.js'

/** Whether the client makes sure that it talks to the right server. */
export interface ServerTrust {
  readonly verified: 'yes' | 'no' | 'by-ssh' | 'not-asked'
  /** In words: against which authorities, or why not. */
  readonly detail: string
}

/** The certificate that the client shows. */
export interface ClientCertificate {
  readonly file: string
  readonly keyFile: string
  readonly subject?: string
  /** Seconds since 1970; absent where the certificate was not read. */
  readonly notAfter?: number
  readonly expired?: boolean
  readonly keyMode?: number
}

interface NamedFile {
  readonly path: string
  readonly seen: SeenFile
}

/** The three files as the client takes them; undefined where it goes on without. */
export interface ClientTlsFiles {
  readonly ca: NamedFile | undefined
  readonly cert: NamedFile | undefined
  readonly key: NamedFile | undefined
}

export interface JudgedTlsFiles {
  readonly server: ServerTrust
  readonly certificate?: ClientCertificate
  readonly refusal?: string
  readonly warnings: readonly string[]
}

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'
const ANY_USE = '2.5.29.37.0'

/**
 * What the client makes of its three files. It reads all of them before it connects: one that is named and absent ends
 * it, and so does the default ca.pem.
 * Source: docker/cli v28.2.2 cli/context/tlsdata.go, TLSDataFromFiles; cli/context/docker/load.go, tlsConfig.
 */
export function judgeTlsFiles(
  files: ClientTlsFiles,
  { verify, input }: { readonly verify: boolean; readonly input: ClientInput },
): JudgedTlsFiles {
  const server = serverTrust(files, verify)
  const refusal = refusalOf(files, input)
  const certificate = refusal === undefined ? certificateOf(files, input) : undefined
  return {
    server,
    ...(certificate === undefined ? {} : { certificate }),
    ...(refusal === undefined ? {} : { refusal }),
    warnings: [
      ...(verify ? [] : [UNVERIFIED]),
      ...(refusal === undefined ? certificateWarnings(files, certificate, input) : []),
    ],
  }
}

const UNVERIFIED =
  'the server is not verified: whoever is on the way can be the daemon, and gets everything that is sent to it; set DOCKER_TLS_VERIFY (or --tlsverify), DOCKER_TLS alone verifies nobody'

function serverTrust({ ca }: ClientTlsFiles, verify: boolean): ServerTrust {
  if (!verify) return { verified: 'no', detail: 'TLS without verification: any certificate is taken' }
  return ca === undefined
    ? { verified: 'yes', detail: 'against the authorities of the system' }
    : { verified: 'yes', detail: `against \`${ca.path}\` alone` }
}

function refusalOf(files: ClientTlsFiles, input: ClientInput): string | undefined {
  for (const file of [files.ca, files.cert, files.key]) {
    if (file?.seen.kind === 'absent') return `\`${file.path}\` does not exist`
    if (file?.seen.kind === 'unreadable') return `\`${file.path}\` cannot be read: ${file.seen.reason}`
  }
  const { ca, cert, key } = files
  if (ca?.seen.kind === 'file' && ca.seen.certificates?.length === 0)
    return `\`${ca.path}\` holds no certificate`
  if (key?.seen.kind !== 'file') return undefined
  if (cert?.seen.kind !== 'file') return undefined
  if (key.seen.encryptedKey === true && clientFactHolds('encrypted-key', input.version) !== false)
    return `the key \`${key.path}\` is encrypted: Docker has not read such keys since 23.0`
  const [certificate] = cert.seen.certificates ?? []
  if (cert.seen.certificates?.length === 0) return `\`${cert.path}\` holds no certificate`
  const keys = key.seen.publicKeys
  if (keys?.length === 0 && key.seen.encryptedKey !== true) return `\`${key.path}\` holds no private key`
  if (certificate?.publicKey !== undefined && keys !== undefined && keys.length > 0) {
    if (!keys.includes(certificate.publicKey))
      return `the key \`${key.path}\` is not that of \`${cert.path}\``
  }
  return undefined
}

function certificateOf({ cert, key }: ClientTlsFiles, { now }: ClientInput): ClientCertificate | undefined {
  if (cert?.seen.kind !== 'file' || key?.seen.kind !== 'file') return undefined
  const first: SeenCertificate | undefined = cert.seen.certificates?.[0]
  return {
    file: cert.path,
    keyFile: key.path,
    ...(first === undefined
      ? {}
      : { subject: first.subject, notAfter: first.notAfter, expired: first.notAfter < now }),
    ...(key.seen.mode === undefined ? {} : { keyMode: key.seen.mode }),
  }
}

const MONTH = 30 * 24 * 3600

function certificateWarnings(
  files: ClientTlsFiles,
  certificate: ClientCertificate | undefined,
  { now }: ClientInput,
): string[] {
  const { cert, key, ca } = files
  if (certificate === undefined) {
    const half = [cert, key].find((file) => file !== undefined)
    return [
      half === undefined
        ? 'no client certificate is shown: a daemon with mutual TLS refuses this client'
        : `no client certificate is shown: beside \`${half.path}\` its ${half === cert ? 'key' : 'certificate'} is missing`,
    ]
  }
  const warnings: string[] = []
  const first = cert?.seen.kind === 'file' ? cert.seen.certificates?.[0] : undefined
  if (first !== undefined) {
    if (first.notAfter < now)
      warnings.push(
        `the client certificate \`${certificate.file}\` ended on ${day(first.notAfter)}: the daemon refuses it`,
      )
    else if (first.notBefore > now)
      warnings.push(
        `the client certificate \`${certificate.file}\` begins on ${day(first.notBefore)}: until then the daemon refuses it`,
      )
    else if (first.notAfter - now < MONTH)
      warnings.push(
        `the client certificate \`${certificate.file}\` ends on ${day(first.notAfter)}, in ${Math.floor((first.notAfter - now) / 86_400)} days`,
      )
    if (first.uses !== undefined && !first.uses.includes(CLIENT_AUTH) && !first.uses.includes(ANY_USE))
      warnings.push(
        `\`${certificate.file}\` is not for clients (no clientAuth among its uses): the daemon refuses it`,
      )
  }
  const { keyMode } = certificate
  if (keyMode !== undefined && (keyMode & 0o077) !== 0)
    warnings.push(
      `the key \`${certificate.keyFile}\` may be read by others (mode ${keyMode.toString(8).padStart(4, '0')}): whoever has it is root where it is let in; chmod 0600`,
    )
  const authority = ca?.seen.kind === 'file' ? ca.seen.certificates?.[0] : undefined
  if (authority !== undefined && authority.notAfter < now)
    warnings.push(
      `the authority \`${ca?.path ?? ''}\` ended on ${day(authority.notAfter)}: no server is verified by it`,
    )
  return warnings
}

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10)
}
