import 'reflect-metadata'
import { createPrivateKey, randomBytes, webcrypto } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as x509 from '@peculiar/x509'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const DAY = 24 * 60 * 60 * 1000
const SERVER = '1.3.6.1.5.5.7.3.1'
const CLIENT = '1.3.6.1.5.5.7.3.2'

/** A certificate and its key as files in PEM. */
export interface KeyPairFiles {
  readonly cert: string
  readonly key: string
}

export interface CertificateRequest {
  /** The common name: to Kubernetes, the user. */
  readonly name: string
  /** Organizations: to Kubernetes, the groups. */
  readonly groups?: readonly string[]
  readonly server?: boolean
  readonly client?: boolean
  readonly dns?: readonly string[]
  readonly ips?: readonly string[]
  /** Milliseconds from now; a day where it is not said. */
  readonly life?: number
}

/** A certificate authority for one test. It writes what it issues below its folder. */
export class Authority {
  private constructor(
    private readonly folder: string,
    private readonly root: x509.X509Certificate,
    private readonly keys: webcrypto.CryptoKeyPair,
    /** Its own certificate and key. */
    readonly files: KeyPairFiles,
  ) {}

  /** The authority that another process made, to issue further certificates below a folder of one's own. */
  static async open(folder: string, files: KeyPairFiles): Promise<Authority> {
    x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0])
    mkdirSync(folder, { recursive: true })
    const root = new x509.X509Certificate(readFileSync(files.cert, 'utf8'))
    const key = createPrivateKey(readFileSync(files.key)).export({ type: 'pkcs8', format: 'der' })
    const privateKey = await webcrypto.subtle.importKey('pkcs8', key, ALGORITHM, true, ['sign'])
    const publicKey = await root.publicKey.export()
    return new Authority(folder, root, { privateKey, publicKey }, files)
  }

  /** Makes an authority: `NAME.crt` and `NAME.key` in the folder. */
  static async create(folder: string, name = 'ca', title = 'test authority'): Promise<Authority> {
    x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0])
    mkdirSync(folder, { recursive: true })
    const keys = await generateKeys()
    const root = await x509.X509CertificateGenerator.createSelfSigned({
      serialNumber: serial(),
      name: [{ CN: [title] }],
      notBefore: new Date(Date.now() - DAY),
      notAfter: new Date(Date.now() + 30 * DAY),
      signingAlgorithm: ALGORITHM,
      keys,
      extensions: [new x509.BasicConstraintsExtension(true, 1, true)],
    })
    return new Authority(folder, root, keys, await save(folder, name, root, keys.privateKey))
  }

  /** Issues a certificate: `FILE.crt` and `FILE.key` in the folder. */
  async issue(file: string, request: CertificateRequest): Promise<KeyPairFiles> {
    const keys = await generateKeys()
    const usages = [
      ...(request.server === true ? [SERVER] : []),
      ...(request.client === true ? [CLIENT] : []),
    ]
    const names = [
      ...(request.dns ?? []).map((value) => ({ type: 'dns' as const, value })),
      ...(request.ips ?? []).map((value) => ({ type: 'ip' as const, value })),
    ]
    const groups = request.groups ?? []
    const cert = await x509.X509CertificateGenerator.create({
      serialNumber: serial(),
      // One attribute a set: Go reads only the first of a set with several.
      subject: [...groups.map((group) => ({ O: [group] })), { CN: [request.name] }],
      issuer: this.root.subject,
      notBefore: new Date(Date.now() - DAY),
      notAfter: new Date(Date.now() + (request.life ?? DAY)),
      signingAlgorithm: ALGORITHM,
      publicKey: keys.publicKey,
      signingKey: this.keys.privateKey,
      extensions: [
        new x509.ExtendedKeyUsageExtension(usages),
        ...(names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)]),
      ],
    })
    return save(this.folder, file, cert, keys.privateKey)
  }
}

async function save(
  folder: string,
  name: string,
  cert: x509.X509Certificate,
  privateKey: webcrypto.CryptoKey,
): Promise<KeyPairFiles> {
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey)).toString('base64')
  const files = { cert: path.join(folder, `${name}.crt`), key: path.join(folder, `${name}.key`) }
  writeFileSync(files.cert, cert.toString('pem'))
  writeFileSync(
    files.key,
    `-----BEGIN PRIVATE KEY-----\n${key.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END PRIVATE KEY-----\n`,
    { mode: 0o600 },
  )
  return files
}

/** A positive number of sixteen bytes that begins with no zero. */
function serial(): string {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return bytes.toString('hex')
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
}
