import { asString, unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { accountNamed } from './example-workload.js'

/** Annotations that name the identity of the cloud that pods of the account take. */
const CLOUDS = [
  { annotation: 'eks.amazonaws.com/role-arn', cloud: 'AWS', name: /:role\/(?:.*\/)?([^/]+)$/ },
  { annotation: 'iam.gke.io/gcp-service-account', cloud: 'Google Cloud', name: /^([^@]+)@/ },
  // A client id is a number; the name of a managed identity stands only in this older annotation.
  { annotation: 'azure.workload.identity/managed-identity-name', cloud: 'Azure', name: /^(.+)$/ },
] as const

export const saCloudAdmin = defineCheck({
  id: 'sa-cloud-admin',
  title: 'Pods of a service account take a cloud identity that is called an administrator',
  severity: 'high',
  because: 'judged by the name alone: what the identity may do stands in the cloud account',
  reach: 'pod',
  appliesTo: 'object',
  kinds: ['ServiceAccount'],
  why: 'Every pod of the account, and everybody who may start one in its namespace, gets credentials of the cloud identity without asking the cluster. An administrator of the cloud account owns the cluster too, its nodes and its backups.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html',
    'https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity',
    'https://azure.github.io/azure-workload-identity/docs/',
  ],
  evaluate({ object }, report) {
    for (const { annotation, cloud, name } of CLOUDS) {
      const path = ['metadata', 'annotations', annotation]
      const given = valueAt(object.content, path)
      if (given === undefined || given === null) continue
      const origin = { kind: 'object', object, path } as const
      if (typeof given !== 'string') {
        report.unknown(unknown('unparsable', `annotation ${annotation} is not a text`, origin))
        continue
      }
      const identity = name.exec(given)?.[1] ?? ''
      if (!soundsLikeAdmin(identity)) continue
      report.fail(
        { origin, message: `${annotation} names ${identity}` },
        {
          message: `its pods act as \`${identity}\` in ${cloud}`,
          fix: advice(
            `Make an identity for this workload with the few rights that it uses, name it in ${annotation}, and see in the cloud's log what the present one was used for.`,
            { breaks: 'calls to the cloud that the new identity does not allow' },
          ),
        },
      )
    }
  },
  examples: {
    bad: { manifests: withRole('ClusterAdminRole') },
    good: { manifests: withRole('shop-invoices-reader') },
  },
})

function withRole(role: string): string {
  const annotations = { 'eks.amazonaws.com/role-arn': `arn:aws:iam::111122223333:role/${role}` }
  return accountNamed('shop', 'web').replace(
    '"namespace":"shop"',
    `"namespace":"shop","annotations":${JSON.stringify(annotations)}`,
  )
}

const FULL = new Set([
  'administrator',
  'administrators',
  'poweruser',
  'superadmin',
  'superuser',
  'fullaccess',
])
/** Words that say nothing behind the one that counts. */
const TAIL = new Set([
  'role',
  'access',
  'policy',
  'sa',
  'identity',
  'account',
  'user',
  'eks',
  'gke',
  'aks',
  'irsa',
])

/**
 * `ClusterAdminRole`, `platform-admin`, `PowerUserAccess`; not `admin-portal-reader`, which is about a program of that
 * name.
 */
function soundsLikeAdmin(identity: string): boolean {
  const words = (asString(identity) ?? '')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  while (words.length > 1 && TAIL.has(words.at(-1) ?? '')) words.pop()
  const joined = words.slice(-2).join('')
  const last = words.at(-1) ?? ''
  return ['admin', 'owner', 'root'].includes(last) || FULL.has(last) || FULL.has(joined) || joined === 'power'
}
