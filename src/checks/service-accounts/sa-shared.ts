import { escalationMay } from '../../access/index.js'
import { workloadsIn, type NamespaceWorkload, type ObjectIndex } from '../../kube/index.js'
import { asString, field, type KubeObject } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { atLeast, powerOf } from './account-power.js'
import { accountNamed, deploymentWith } from './example-workload.js'

export const saShared = defineCheck({
  id: 'sa-shared',
  title: 'Several workloads run under one service account with wide rights',
  severity: 'low',
  because: 'each of them holds the rights that one of them needs, and the audit log cannot tell them apart',
  reach: 'pod',
  appliesTo: 'object',
  kinds: ['ServiceAccount'],
  why: 'Rights are given to an account, not to a program. Where workloads share one, the weakest of them decides who gets its rights.',
  references: [kubernetesDocs('concepts/security/rbac-good-practices/#least-privilege')],
  evaluate({ object, index }, report) {
    const { namespace, name } = object.ref
    // What is bound to `default` is told by sa-default-bound.
    if (name === 'default') return
    const { worst } = powerOf(index, namespace, name)
    if (worst === undefined || !atLeast(worst.severity, 'medium')) return
    const users = usersOf(index, namespace, name)
    if (users.length < 2) return
    const names = users.map(({ ref }) => `${ref.kind} ${ref.name}`).sort()
    report.fail(
      users.map((user) => ({
        origin: { kind: 'object', object: user, path: [] },
        key: `${user.ref.kind} ${user.ref.name}`,
        message: `${user.ref.kind} ${user.ref.name} runs under it`,
      })),
      {
        message: `${names.length} workloads run under an account that may ${escalationMay(worst)}: ${shown(names)}`,
        fix: advice(
          'Give each workload an account of its own, and each account what its workload needs; the audit log shows what is used.',
          { breaks: 'calls of a workload whose new account lacks a right that it uses' },
        ),
      },
    )
  },
  examples: {
    bad: { manifests: [twoWorkloads('deployer', 'deployer'), ...rights()].join('---\n') },
    good: { manifests: [twoWorkloads('deployer', 'web'), ...rights()].join('---\n') },
  },
})

function twoWorkloads(first: string, second: string): string {
  return `${deploymentWith({ serviceAccountName: first })}---
${deploymentWith({ serviceAccountName: second }).replace('name: web', 'name: jobs')}`
}

function rights(): string[] {
  return [
    accountNamed('shop', 'deployer'),
    `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: deployer }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects: [{ kind: ServiceAccount, name: deployer, namespace: shop }]
`,
  ]
}

const made = new WeakMap<ObjectIndex, Map<string, ReadonlyMap<string, readonly KubeObject[]>>>()

/** The objects of a namespace whose pods run under an account; each once. */
function usersOf(index: ObjectIndex, namespace: string, name: string): readonly KubeObject[] {
  const known = made.get(index) ?? new Map<string, ReadonlyMap<string, readonly KubeObject[]>>()
  made.set(index, known)
  let users = known.get(namespace)
  if (users === undefined) known.set(namespace, (users = byAccount(workloadsIn(index, namespace))))
  return users.get(name) ?? []
}

function byAccount(workloads: readonly NamespaceWorkload[]): Map<string, KubeObject[]> {
  const users = new Map<string, KubeObject[]>()
  for (const { object, template } of workloads) {
    const name =
      asString(field(template.spec, 'serviceAccountName')) ?? asString(field(template.spec, 'serviceAccount'))
    if (name === undefined || name === '') continue
    const list = users.get(name)
    if (list === undefined) users.set(name, [object])
    else if (!list.includes(object)) list.push(object)
  }
  return users
}

function shown(names: readonly string[]): string {
  const more = names.length > 5 ? ` and ${names.length - 5} more` : ''
  return `${names.slice(0, 5).join(', ')}${more}`
}
