import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as x509 from '@peculiar/x509'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const DAY = 24 * 60 * 60 * 1000

/** Files of one authority, a server certificate for loopback and a client certificate. */
export interface CertificateFiles {
  readonly ca: string
  readonly serverCert: string
  readonly serverKey: string
  readonly clientCert: string
  readonly clientKey: string
}

/** Makes certificates for one test, in PEM files below a folder. */
export async function makeCertificates(folder: string): Promise<CertificateFiles> {
  x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0])
  mkdirSync(folder, { recursive: true })
  const write = (name: string, text: string): string => {
    const file = path.join(folder, name)
    writeFileSync(file, text)
    return file
  }
  const caKeys = await generateKeys()
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=test authority',
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + DAY),
    signingAlgorithm: ALGORITHM,
    keys: caKeys,
    extensions: [new x509.BasicConstraintsExtension(true, 1, true)],
  })
  const issue = async (
    name: string,
    usage: string,
    names: x509.JsonGeneralNames,
  ): Promise<[string, string]> => {
    const keys = await generateKeys()
    const cert = await x509.X509CertificateGenerator.create({
      serialNumber: String(Math.floor(Math.random() * 1e9)),
      subject: `CN=${name}`,
      issuer: ca.subject,
      notBefore: new Date(Date.now() - DAY),
      notAfter: new Date(Date.now() + DAY),
      signingAlgorithm: ALGORITHM,
      publicKey: keys.publicKey,
      signingKey: caKeys.privateKey,
      extensions: [
        new x509.ExtendedKeyUsageExtension([usage]),
        new x509.SubjectAlternativeNameExtension(names),
      ],
    })
    const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey))
    const pem = `-----BEGIN PRIVATE KEY-----\n${key.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`
    return [write(`${name}.crt`, cert.toString('pem')), write(`${name}.key`, pem)]
  }
  const [serverCert, serverKey] = await issue('server', '1.3.6.1.5.5.7.3.1', [
    { type: 'ip', value: '127.0.0.1' },
    { type: 'dns', value: 'localhost' },
  ])
  const [clientCert, clientKey] = await issue('client', '1.3.6.1.5.5.7.3.2', [
    { type: 'dns', value: 'client' },
  ])
  return { ca: write('ca.crt', ca.toString('pem')), serverCert, serverKey, clientCert, clientKey }
}

async function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
}
