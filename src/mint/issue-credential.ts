import { setTimeout as wait } from 'node:timers/promises'
import { X509Certificate } from 'node:crypto'
import type { ApiClient } from '../client/index.js'
import { asList, asString, field, RampartError, valueAt, type JsonObject } from '../model/index.js'
import { makeCertificateRequest } from './make-request.js'
import { mintMetadata } from './mint-labels.js'
import type { MintRequest } from './mint-request.js'
import { nameOf } from './plan-mint.js'

/** What the identity proves itself with. */
export type MintedCredential =
  | { readonly kind: 'certificate'; readonly cert: string; readonly key: string; readonly expires: Date }
  | { readonly kind: 'token'; readonly token: string; readonly expires: Date }

const REQUESTS = '/apis/certificates.k8s.io/v1/certificatesigningrequests'
/** How long the signer of the cluster may take. */
const PATIENCE = 30_000

/**
 * A client certificate by the cluster's own signer: request, approval, certificate. `made` hears of the request, which
 * has to go if anything fails behind it.
 * Source: kubernetes v1.36.2 pkg/apis/certificates; usages that the signer takes: pkg/controller/certificates/signer.
 */
export async function issueCertificate(
  client: ApiClient,
  request: MintRequest,
  made: (path: string) => void,
): Promise<MintedCredential> {
  const { subject, life } = request
  if (subject.kind !== 'person') throw new Error('accounts get tokens')
  const { key, request: csr } = await makeCertificateRequest(subject.name, subject.groups)
  const name = nameOf(request)
  const created = await client.sendJson(REQUESTS, {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: mintMetadata(request, name),
    spec: {
      request: Buffer.from(csr).toString('base64'),
      signerName: 'kubernetes.io/kube-apiserver-client',
      expirationSeconds: life,
      usages: ['client auth'],
    },
  })
  const path = `${REQUESTS}/${name}`
  made(path)
  const condition = {
    type: 'Approved',
    status: 'True',
    reason: 'RampartMint',
    message: `approved by who ran rampart kubeconfig mint, for ${request.owner}`,
  }
  await client.sendJson(
    `${path}/approval`,
    { ...created, status: { conditions: [condition] } },
    { method: 'PUT' },
  )
  const cert = await certificateOf(client, path)
  return { kind: 'certificate', cert, key, expires: new Date(new X509Certificate(cert).validTo) }
}

async function certificateOf(client: ApiClient, path: string): Promise<string> {
  for (let waited = 0; ; waited += 250) {
    const now = await client.getJson(path)
    const cert = asString(valueAt(now, ['status', 'certificate'])) ?? ''
    if (cert !== '') return Buffer.from(cert, 'base64').toString('utf8')
    refuse(now)
    if (waited >= PATIENCE)
      throw new RampartError(
        'unreachable',
        'the request is approved, but nobody signs it: does the controller manager run, with the key of an authority?',
      )
    await wait(250)
  }
}

function refuse(request: JsonObject): void {
  for (const condition of asList(valueAt(request, ['status', 'conditions']))) {
    const type = field(condition, 'type')
    if (type !== 'Denied' && type !== 'Failed') continue
    throw new RampartError(
      'not-allowed',
      `the request was ${type.toLowerCase()}: ${asString(field(condition, 'message')) ?? ''}`,
    )
  }
}

/** A token that ends by itself. Source: kubernetes v1.36.2 pkg/registry/core/serviceaccount/storage/token.go. */
export async function issueToken(
  client: ApiClient,
  account: { readonly namespace: string; readonly name: string },
  life: number,
): Promise<Extract<MintedCredential, { kind: 'token' }>> {
  const { namespace, name } = account
  const answer = await client.sendJson(`/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: life },
  })
  const token = asString(valueAt(answer, ['status', 'token']))
  const end = asString(valueAt(answer, ['status', 'expirationTimestamp']))
  if (token === undefined || end === undefined)
    throw new RampartError('unreachable', 'the API server gave no token')
  return { kind: 'token', token, expires: new Date(end) }
}
