import { bindingsOfAccount, resolveRole, strengthOf } from '../../kube/index.js'
import { unknown } from '../../model/index.js'
import { defineCheck, type EvidenceInput } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis } from '../references.js'
import { accountOfTemplate } from '../service-accounts/account-of-template.js'
import { consolesIn, waysTo } from './console-containers.js'
import { consoleWith, DASHBOARD } from './example-console.js'

const BINDING = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: console-admin
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
subjects:
  - { kind: ServiceAccount, name: console, namespace: tools }
`

export const dashboardClusterAdminAccount = defineCheck({
  id: 'dashboard-cluster-admin-account',
  title: 'A web console runs as cluster-admin',
  severity: 'high',
  because: 'whoever gets past its login owns the cluster; critical when it is reached from outside',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'A flaw of the console, a skipped login or a token read from its pod gives everything at once. Consoles work with the rights of the visitor and need next to none of their own.',
  references: [cis('5.1.1'), 'https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/'],
  evaluate(subject, report) {
    const { object, index } = subject
    const first = consolesIn(subject)[0]
    if (first === undefined) return
    const account = accountOfTemplate(subject)
    if (account.state === 'unknown') return report.unknown(account.unknown)
    if (account.state === 'none') return
    const evidence: EvidenceInput[] = []
    let notRead: string | undefined
    for (const { binding, subject: bound, roleRef } of bindingsOfAccount(
      index,
      object.ref.namespace,
      account.name,
    )) {
      if (binding.ref.kind !== 'ClusterRoleBinding') continue
      const role = resolveRole(roleRef, '', index)
      if (role.state === 'not-read') notRead = `${roleRef.kind} ${roleRef.name} was not read`
      if (role.state !== 'found' || strengthOf(role.rules, '') !== 'everything') continue
      evidence.push({
        origin: { kind: 'object', object: binding, path: bound.path },
        key: `ClusterRoleBinding ${binding.ref.name}`,
        message: `ClusterRoleBinding ${binding.ref.name} gives it ${roleRef.name}`,
      })
    }
    const origin = { kind: 'object', object, path: account.path } as const
    if (evidence.length === 0) {
      const missing = notRead ?? (index.complete ? undefined : 'bindings of its account may be elsewhere')
      if (missing !== undefined)
        report.unknown(unknown('no-source', `what ${first.console.title} may do: ${missing}`, origin))
      return
    }
    const ways = waysTo(subject).map((way) => way.described)
    report.fail(
      [{ origin, key: 'serviceAccountName', message: `it runs under ${account.name}` }, ...evidence],
      {
        ...(ways.length === 0 ? {} : EXPOSED),
        message: `${first.console.title} is cluster-admin${ways.length === 0 ? '' : `, reached through ${ways.sort().join(', ')}`}`,
        fix: advice(
          `Bind the account ${account.name} to the few rights that ${first.console.title} documents, take cluster-admin from it, and let people log in with tokens of their own.`,
          { breaks: 'visitors who work with the rights of the console instead of their own' },
        ),
      },
    )
  },
  examples: {
    bad: { manifests: `${consoleWith({ image: DASHBOARD })}---\n${BINDING}` },
    good: { complete: true, manifests: consoleWith({ image: DASHBOARD }) },
  },
})

const EXPOSED = {
  severity: 'critical',
  because: 'it is cluster-admin and reached from outside of the cluster: one step from owning it',
  reach: 'unauthenticated',
} as const
