import { asList, asObject, asString, valueAt, type JsonValue, type KubeObject } from '../model/index.js'
import { certificateFacts, type CertificateFacts } from '../pki/index.js'
import type { CertificateEntry, CertificateFault, CertificateUser } from './certificate-entry.js'
import { dateFaults } from './date-faults.js'

/** Certificates in Kubernetes objects: what webhooks, API services and front proxies are trusted by, requests, Secrets. */
export function certificatesOfObjects(objects: readonly KubeObject[], now: number): CertificateEntry[] {
  return objects.flatMap((object) => {
    const { kind, group } = object.ref
    const key = `${group}/${kind}`
    if (
      key === 'admissionregistration.k8s.io/ValidatingWebhookConfiguration' ||
      key === 'admissionregistration.k8s.io/MutatingWebhookConfiguration'
    )
      return webhooks(object, now)
    if (key === 'apiregistration.k8s.io/APIService')
      return authorities(
        object,
        valueAt(object.content, ['spec', 'caBundle']),
        { by: serviceOf(valueAt(object.content, ['spec', 'service'])), as: 'spec.caBundle' },
        now,
      )
    if (key === 'apiextensions.k8s.io/CustomResourceDefinition') return conversion(object, now)
    if (key === 'certificates.k8s.io/CertificateSigningRequest') return [request(object, now)]
    if (key === '/ConfigMap') return configMap(object, now)
    return key === '/Secret' ? secrets(object, now) : []
  })
}

function webhooks(object: KubeObject, now: number): CertificateEntry[] {
  return asList(object.content.webhooks).flatMap((webhook) => {
    const { name, clientConfig } = asObject(webhook)
    const { caBundle, service, url } = asObject(clientConfig)
    const where = service === undefined ? (asString(url) ?? '') : serviceOf(service)
    return authorities(
      object,
      caBundle,
      { by: `webhook ${asString(name) ?? ''} at ${where}`, as: 'clientConfig.caBundle' },
      now,
    )
  })
}

function conversion(object: KubeObject, now: number): CertificateEntry[] {
  const client = asObject(valueAt(object.content, ['spec', 'conversion', 'webhook', 'clientConfig']))
  const by = `conversion webhook at ${client.service === undefined ? (asString(client.url) ?? '') : serviceOf(client.service)}`
  return authorities(object, client.caBundle, { by, as: 'clientConfig.caBundle' }, now)
}

function serviceOf(service: JsonValue | undefined): string {
  const { name, namespace } = asObject(service)
  return `${asString(name) ?? ''}.${asString(namespace) ?? ''}.svc`
}

function authorities(
  object: KubeObject,
  caBundle: JsonValue | undefined,
  user: CertificateUser,
  now: number,
): CertificateEntry[] {
  const data = asString(caBundle) ?? ''
  if (data === '') return []
  return trusted(object, Buffer.from(data, 'base64').toString('latin1'), user, now)
}

function trusted(object: KubeObject, pem: string, user: CertificateUser, now: number): CertificateEntry[] {
  const facts = certificateFacts(pem)
  if (facts.length === 0)
    return [
      {
        ...base(object, [user]),
        kind: 'authority',
        faults: [{ kind: 'unreadable', message: `its ${user.as} holds no certificate that can be read` }],
      },
    ]
  return facts.map((each) => ({ ...base(object, [user]), kind: 'authority', ...dated(each, now) }))
}

/** The names under which the control plane publishes what it trusts. Source: kubernetes v1.36.2 pkg/controlplane/controller/clusterauthenticationtrust. */
const TRUST_MAPS: Readonly<Record<string, readonly [key: string, by: string][]>> = {
  'kube-system/extension-apiserver-authentication': [
    ['client-ca-file', 'extension API servers, for clients'],
    ['requestheader-client-ca-file', 'extension API servers, for the front proxy'],
  ],
  'kube-system/kube-root-ca.crt': [['ca.crt', 'every pod, for the API server']],
}

function configMap(object: KubeObject, now: number): CertificateEntry[] {
  const name = `${object.ref.namespace}/${object.ref.name}`
  const keys = Object.hasOwn(TRUST_MAPS, name) ? (TRUST_MAPS[name] ?? []) : []
  return keys.flatMap(([key, by]) => {
    const pem = asString(valueAt(object.content, ['data', key])) ?? ''
    return pem === '' ? [] : trusted(object, pem, { by, as: key }, now)
  })
}

function request(object: KubeObject, now: number): CertificateEntry {
  const spec = asObject(object.content.spec)
  const user = { by: asString(spec.username) ?? 'unknown', as: asString(spec.signerName) ?? 'no signer' }
  const issued = asString(valueAt(object.content, ['status', 'certificate'])) ?? ''
  const [facts] = certificateFacts(Buffer.from(issued, 'base64').toString('latin1'))
  return {
    ...base(object, [user]),
    kind: 'request',
    chain: {
      kind: 'unknown',
      why: facts === undefined ? 'it is not signed yet' : 'it was given to who asked for it',
    },
    ...(facts === undefined ? {} : dated(facts, now)),
  }
}

/** Of Secrets the values are never kept; the dates of a certificate in one are. */
function secrets(object: KubeObject, now: number): CertificateEntry[] {
  return Object.entries(object.secretValues ?? {}).flatMap(([key, { notBefore, notAfter }]) => {
    if (notBefore === undefined || notAfter === undefined) return []
    return [
      {
        ...base(object, [{ by: 'who mounts or reads this Secret', as: key }]),
        kind: 'secret' as const,
        notBefore,
        notAfter,
        faults: dateFaults(notBefore, notAfter, now),
      },
    ]
  })
}

function dated(
  facts: CertificateFacts,
  now: number,
): { facts: CertificateFacts; notBefore: number; notAfter: number; faults: CertificateFault[] } {
  const { notBefore, notAfter } = facts
  return { facts, notBefore, notAfter, faults: dateFaults(notBefore, notAfter, now) }
}

function base({ ref, slice, host }: KubeObject, usedBy: readonly CertificateUser[]): CertificateEntry {
  return {
    source: host ?? slice.file,
    place: `${ref.kind} ${ref.namespace === '' ? '' : `${ref.namespace}/`}${ref.name}`,
    kind: 'certificate',
    usedBy,
    chain: { kind: 'unknown', why: 'it is trusted itself, or only its dates are known' },
    faults: [],
  }
}
