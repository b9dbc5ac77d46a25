// node scripts/example-certificates.mjs: writes src/checks/certificates/example-certificates.ts, the certificates of
// examples and tests. Keys are thrown away, but those of seeds, which are no secrets. Serial numbers and keys are new
// with every run; what checks ask is the same.
import 'reflect-metadata'
import { createPublicKey, createPrivateKey, webcrypto } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import * as x509 from '@peculiar/x509'
import { format, resolveConfig } from 'prettier'
import { projectRoot } from './project-root.mjs'

x509.cryptoProvider.set(webcrypto)

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const rsa = (bits, hash) => ({
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: bits,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash,
})
const SERVER = '1.3.6.1.5.5.7.3.1'
const CLIENT = '1.3.6.1.5.5.7.3.2'

/** What each certificate is; a CA signs itself, the others are signed by `issuer`. */
const WANTED = [
  { name: 'clusterCa', cn: 'kubernetes', ca: true, from: '2026-01-01', to: '2035-12-31' },
  { name: 'etcdCa', cn: 'etcd-ca', ca: true, from: '2026-01-01', to: '2035-12-31' },
  { name: 'longCa', cn: 'for ever', ca: true, from: '2026-01-01', to: '2126-01-01' },
  { name: 'expiredCa', cn: 'old', ca: true, from: '2015-01-01', to: '2025-01-01' },
  {
    name: 'server',
    cn: 'kube-apiserver',
    uses: [SERVER],
    san: 'node-1',
    from: '2026-06-01',
    to: '2027-06-01',
  },
  {
    name: 'expiredServer',
    cn: 'kube-apiserver',
    uses: [SERVER],
    san: 'node-1',
    from: '2025-06-01',
    to: '2026-06-01',
  },
  {
    name: 'expiringServer',
    cn: 'kube-apiserver',
    uses: [SERVER],
    san: 'node-1',
    from: '2025-11-15',
    to: '2026-11-15',
  },
  {
    name: 'longServer',
    cn: 'kube-apiserver',
    uses: [SERVER],
    san: 'node-1',
    from: '2026-01-01',
    to: '2030-01-01',
  },
  {
    name: 'dailyServer',
    cn: 'kube-apiserver',
    uses: [SERVER],
    san: 'node-1',
    from: '2026-10-31',
    to: '2026-11-02',
  },
  { name: 'namelessServer', cn: 'node-1', uses: [SERVER], from: '2026-06-01', to: '2027-06-01' },
  {
    name: 'weakServer',
    cn: 'node-1',
    uses: [SERVER],
    san: 'node-1',
    from: '2026-06-01',
    to: '2027-06-01',
    key: rsa(1024, 'SHA-256'),
  },
  {
    name: 'sha1Server',
    cn: 'node-1',
    uses: [SERVER],
    san: 'node-1',
    from: '2026-06-01',
    to: '2027-06-01',
    hash: 'SHA-1',
  },
  {
    name: 'seedServer',
    cn: 'node-1',
    uses: [SERVER],
    san: 'node-1',
    from: '2026-06-01',
    to: '2027-06-01',
    seed: 1,
  },
  {
    name: 'selfSigned',
    cn: 'node-1@1700000000',
    uses: [SERVER],
    san: 'node-1',
    from: '2024-06-01',
    to: '2025-06-01',
    self: true,
  },
  { name: 'client', cn: 'system:kube-scheduler', uses: [CLIENT], from: '2026-06-01', to: '2027-06-01' },
  {
    name: 'node',
    cn: 'system:node:node-1',
    o: 'system:nodes',
    uses: [CLIENT],
    from: '2026-06-01',
    to: '2027-06-01',
  },
  { name: 'person', cn: 'alice', o: 'developers', uses: [CLIENT], from: '2026-06-01', to: '2027-06-01' },
  {
    name: 'admin',
    cn: 'kubernetes-admin',
    o: 'kubeadm:cluster-admins',
    uses: [CLIENT],
    from: '2026-06-01',
    to: '2027-06-01',
  },
  {
    name: 'superAdmin',
    cn: 'kubernetes-super-admin',
    o: 'system:masters',
    uses: [CLIENT],
    from: '2026-06-01',
    to: '2027-06-01',
  },
  { name: 'master', cn: 'alice', o: 'system:masters', uses: [CLIENT], from: '2026-06-01', to: '2027-06-01' },
]

const SEED_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

async function keysOf({ key, seed }) {
  if (seed === undefined) return webcrypto.subtle.generateKey(key ?? EC, true, ['sign', 'verify'])
  const pkcs8 = Buffer.concat([SEED_PREFIX, Buffer.alloc(32, seed)])
  const publicKey = createPublicKey(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }))
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  return { publicKey: await webcrypto.subtle.importKey('spki', spki, 'Ed25519', true, ['verify']) }
}

const authority = {
  ec: await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']),
  sha1: await webcrypto.subtle.generateKey(rsa(2048, 'SHA-1'), true, ['sign', 'verify']),
}

async function pemOf(wanted, serial) {
  const keys = wanted.name === 'clusterCa' ? authority.ec : await keysOf(wanted)
  const subject = [...(wanted.o ? [{ O: [wanted.o] }] : []), { CN: [wanted.cn] }]
  const own = wanted.ca || wanted.self
  const signer = own ? keys.privateKey : wanted.hash ? authority.sha1.privateKey : authority.ec.privateKey
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: String(serial).padStart(2, '0'),
    subject,
    issuer: own ? subject : [{ CN: ['kubernetes'] }],
    notBefore: new Date(wanted.from),
    notAfter: new Date(wanted.to),
    publicKey: keys.publicKey,
    signingKey: signer,
    signingAlgorithm: wanted.hash
      ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-1' }
      : { name: 'ECDSA', hash: 'SHA-256' },
    extensions: [
      new x509.BasicConstraintsExtension(wanted.ca === true, undefined, true),
      ...(wanted.uses ? [new x509.ExtendedKeyUsageExtension(wanted.uses)] : []),
      ...(wanted.san ? [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: wanted.san }])] : []),
    ],
  })
  return `${cert.toString('pem')}\n`
}

const entries = []
for (const [index, wanted] of WANTED.entries()) {
  const about = [wanted.o ? `O=${wanted.o}` : '', `CN=${wanted.cn}`, `${wanted.from} to ${wanted.to}`]
  entries.push(
    `  /** ${about.filter(Boolean).join(', ')} */\n  ${wanted.name}: \`${await pemOf(wanted, index + 1)}\`,`,
  )
}
const text = `/** Certificates for examples and tests. Made by scripts/example-certificates.mjs. */
export const CERTIFICATES = {
${entries.join('\n')}
} as const

/** A private key of Ed25519 made of one byte 32 times: no secret. That of \`seedServer\` has seed 1. */
export function seedKey(seed: number): string {
  const prefix = Buffer.from('${SEED_PREFIX.toString('hex')}', 'hex')
  const der = Buffer.concat([prefix, Buffer.alloc(32, seed)]).toString('base64')
  const word = ['PRIVATE', 'KEY'].join(' ')
  return \`-----BEGIN \${word}-----\\n\${der}\\n-----END \${word}-----\\n\`
}
`
const file = path.join(projectRoot, 'src', 'checks', 'certificates', 'example-certificates.ts')
writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'typescript' }))
