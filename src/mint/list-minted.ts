import type { ApiClient } from '../client/index.js'
import { asObject, asString, field, type JsonObject } from '../model/index.js'
import { MINT, mintedFacts, type MintedFacts } from './mint-labels.js'

/** One object that minting made. */
export interface MintedObject extends MintedFacts {
  readonly path: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

/** Bindings first: with them the access ends, whatever becomes of the rest. */
const COLLECTIONS = [
  ['ClusterRoleBinding', '/apis/rbac.authorization.k8s.io/v1', 'clusterrolebindings'],
  ['RoleBinding', '/apis/rbac.authorization.k8s.io/v1', 'rolebindings'],
  ['ClusterRole', '/apis/rbac.authorization.k8s.io/v1', 'clusterroles'],
  ['Role', '/apis/rbac.authorization.k8s.io/v1', 'roles'],
  ['ServiceAccount', '/api/v1', 'serviceaccounts'],
  ['CertificateSigningRequest', '/apis/certificates.k8s.io/v1', 'certificatesigningrequests'],
] as const

/** Everything in the cluster that carries the labels of minting, in the order in which it is to go. */
export async function listMinted(
  client: ApiClient,
): Promise<{ readonly objects: readonly MintedObject[]; readonly unknown: readonly string[] }> {
  const objects: MintedObject[] = []
  const unknown: string[] = []
  for (const [kind, api, plural] of COLLECTIONS) {
    try {
      for await (const { items } of client.list(`${api}/${plural}`, { query: { labelSelector: MINT } }))
        objects.push(...items.flatMap((item) => minted(item, kind, api, plural) ?? []))
    } catch (error) {
      unknown.push(`${plural} could not be read: ${(error as Error).message}`)
    }
  }
  return { objects, unknown }
}

function minted(item: JsonObject, kind: string, api: string, plural: string): MintedObject | undefined {
  const facts = mintedFacts(item)
  const metadata = asObject(item.metadata)
  const name = asString(field(metadata, 'name')) ?? ''
  const namespace = asString(field(metadata, 'namespace')) ?? ''
  const place = namespace === '' ? '' : `/namespaces/${namespace}`
  return facts && { ...facts, kind, namespace, name, path: `${api}${place}/${plural}/${name}` }
}
