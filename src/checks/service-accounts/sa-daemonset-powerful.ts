import { escalationMay } from '../../access/index.js'
import { knownComponent } from '../../kube/index.js'
import { unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { powerOf } from './account-power.js'
import { accountOfTemplate } from './account-of-template.js'
import { deploymentWith } from './example-workload.js'
import { isTokenMounted } from './token-mount.js'

export const saDaemonsetPowerful = defineCheck({
  id: 'sa-daemonset-powerful',
  title: 'A DaemonSet puts the token of an account with wide rights on every node',
  severity: 'high',
  because:
    'whoever takes one node, the least guarded of them, has the rights of the account in the whole cluster; low for components that need them',
  reach: 'host',
  appliesTo: 'workload',
  why: 'The tokens of the pods of a node are open to its root user. An account that may read every Secret or start pods anywhere, used by a DaemonSet, makes each node as good as the control plane.',
  references: [
    kubernetesDocs('concepts/security/rbac-good-practices/#workload-creation'),
    kubernetesDocs('reference/access-authn-authz/node/'),
  ],
  evaluate(subject, report) {
    const { object, template, containers, index } = subject
    if (object.ref.kind !== 'DaemonSet') return
    const account = accountOfTemplate(subject)
    if (account.state === 'unknown') return report.unknown(account.unknown)
    if (account.state === 'none') return
    const origin = { kind: 'object', object, path: account.path } as const
    const mounted = isTokenMounted(subject, account.name)
    if (mounted === undefined) {
      const detail = '`automountServiceAccountToken` is neither true nor false'
      return report.unknown(unknown('unparsable', detail, origin))
    }
    if (!mounted) return
    const { worst } = powerOf(index, object.ref.namespace, account.name)
    const grave = worst?.severity === 'critical' || worst?.severity === 'high'
    if (worst?.namespace !== '' || !grave) return
    const component = knownComponent(object, template, containers)
    report.fail(
      {
        origin,
        key: 'serviceAccountName',
        message: `its account ${account.name} may ${escalationMay(worst)}`,
      },
      {
        ...(component === undefined
          ? {}
          : { severity: 'low', because: `${component.name} is made to run like this` }),
        message: `every node that it runs on holds a token that may ${escalationMay(worst)}`,
        fix: advice(
          'Limit the account to what the agent does on its own node (nodes and pods to read), and leave what needs more to a Deployment with an account of its own.',
          { breaks: 'what the agent does with the rights that go' },
        ),
      },
    )
  },
  examples: {
    bad: { manifests: `${daemonSet('agent')}${boundTo('cluster-admin')}` },
    good: { manifests: `${daemonSet('agent')}${boundTo('system:node-problem-detector')}` },
  },
})

function daemonSet(account: string): string {
  return deploymentWith({ serviceAccountName: account }).replace('kind: Deployment', 'kind: DaemonSet')
}

function boundTo(role: string): string {
  return `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: agent }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role} }
subjects: [{ kind: ServiceAccount, name: agent, namespace: shop }]
`
}
