import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import tls from 'node:tls'
import type { ClientConfig, PemSource } from '../kubeconfig/index.js'
import { RampartError } from '../model/index.js'
import { certificatesOf } from '../pki/index.js'

/** A client certificate with its key, as PEM. */
export interface ClientCertificate {
  readonly cert: string
  readonly key: string
}

/** What node:tls takes. */
export interface TlsOptions {
  readonly rejectUnauthorized: boolean
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  readonly servername?: string
  readonly checkServerIdentity?: typeof tls.checkServerIdentity
}

/** Reads the authority that a configuration names, and says how the server is verified. */
export function serverVerification(config: ClientConfig): TlsOptions {
  const ca = config.ca === undefined ? undefined : pemText(config.ca, 'certificate-authority')
  if (ca !== undefined && certificatesOf(ca).length === 0) {
    throw unusable(config.ca, 'certificate-authority', 'it holds no certificate')
  }
  return {
    rejectUnauthorized: !config.insecureSkipTlsVerify,
    ...(ca === undefined ? {} : { ca }),
    ...nameOptions(config.tlsServerName),
  }
}

/** TLS sends names only, so an address is compared with the certificate and not sent. */
function nameOptions(name: string | undefined): Partial<TlsOptions> {
  if (name === undefined || name === '') return {}
  if (isIP(name) === 0) return { servername: name }
  return { checkServerIdentity: (_host, cert) => tls.checkServerIdentity(name, cert) }
}

/** Why the client certificate of a configuration will be refused, where its time says so. */
export function certificateFault({ clientCert }: ClientConfig, now: Date): string | undefined {
  const [own] = clientCert === undefined ? [] : certificatesOf(pemText(clientCert, 'client-certificate'))
  if (own === undefined) return undefined
  const [from, to] = [new Date(own.validFrom), new Date(own.validTo)]
  if (to < now) return `the client certificate has expired on ${to.toISOString()}`
  return from > now ? `the client certificate is not valid before ${from.toISOString()}` : undefined
}

/** Reads the client certificate of a configuration. Both parts are looked at before anything is sent. */
export function clientCertificate(config: ClientConfig): ClientCertificate | undefined {
  const { clientCert, clientKey } = config
  if (clientCert === undefined || clientKey === undefined) return undefined
  const cert = pemText(clientCert, 'client-certificate')
  const key = pemText(clientKey, 'client-key')
  try {
    tls.createSecureContext({ cert, key })
  } catch (error) {
    // The library's own words may hold parts of what it read.
    const { code = '' } = error as NodeJS.ErrnoException
    const why =
      code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH' ? 'the key is of another certificate' : `not PEM (${code})`
    throw unusable(clientKey, 'client-certificate with its client-key', why)
  }
  return { cert, key }
}

function pemText(source: PemSource, what: string): string {
  if (source.kind === 'data') return source.pem
  try {
    return readFileSync(source.path, 'utf8')
  } catch (error) {
    throw unreadable(what, source.path, error)
  }
}

const FILE_WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'no permission to read it',
  EISDIR: 'it is a directory',
}

/** The error for a file of a kubeconfig that cannot be read. */
export function unreadable(what: string, file: string, error: unknown): RampartError {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException
  const why = FILE_WORDS[code] ?? code
  return new RampartError('unreadable-input', `the ${what} \`${file}\` cannot be read: ${why}`)
}

function unusable(source: PemSource | undefined, what: string, why: string): RampartError {
  const where = source?.kind === 'file' ? ` \`${source.path}\`` : ' of the kubeconfig'
  return new RampartError('unreadable-input', `the ${what}${where} cannot be used: ${why}`)
}
