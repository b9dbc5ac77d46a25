import { RBAC_GROUP, shellWord } from '../../kube/index.js'
import { unknown, type Fix, type KubeObject } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice, withPrecondition } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { BINDINGS, grantsOf } from './binding-grants.js'
import { bindingOf, clusterRole } from './example-objects.js'
import { isMadeByApiServer } from './made-by-api-server.js'

export const rbacDanglingRole = defineCheck({
  id: 'rbac-dangling-role',
  title: 'A binding points at a role that does not exist',
  severity: 'medium',
  because: 'whoever creates a role of that name decides what the subjects may do',
  reach: 'user',
  appliesTo: 'object',
  kinds: BINDINGS,
  why: 'A binding whose role is missing gives nothing today. It gives all that a role of that name will hold on the day when somebody creates it, by mistake or on purpose, and nobody will look at the binding then.',
  references: [kubernetesDocs('reference/access-authn-authz/rbac/#clusterrolebinding-example')],
  evaluate(subject, report) {
    const { object, index } = subject
    const grants = grantsOf(subject, report)
    if (grants === undefined || isMadeByApiServer(subject)) return
    const { kind, name } = grants.roleRef
    const origin = { kind: 'object', object, path: ['roleRef', 'name'] } as const
    if (object.ref.kind === 'ClusterRoleBinding' && kind === 'Role') {
      return report.fail(
        { origin, message: 'a ClusterRoleBinding cannot refer to a Role' },
        { message: `it refers to Role ${name}, which a ClusterRoleBinding cannot`, fix: advice(WRONG_KIND) },
      )
    }
    const { state } = grants.role()
    if (state === 'found') return
    if (state === 'absent') {
      return report.fail(
        { origin, message: `${kind} ${name} does not exist` },
        { message: `${kind} ${name} does not exist`, fix: removal(object) },
      )
    }
    const namespace = kind === 'Role' ? object.ref.namespace : ''
    const others = index.ofKind(RBAC_GROUP, kind).length
    const where = namespace === '' ? '' : ` in ${namespace}`
    const detail = `${kind} ${name}${where} is not among the ${others} of its kind that were read, and the input need not be the whole cluster`
    report.unknown(unknown('no-source', detail, origin))
  },
  examples: {
    bad: {
      complete: true,
      manifests: `${clusterRole('reader', [])}---\n${bindingOf('readers', 'raeder', { kind: 'Group', name: 'devs' })}`,
    },
    good: {
      complete: true,
      manifests: `${clusterRole('reader', [])}---\n${bindingOf('readers', 'reader', { kind: 'Group', name: 'devs' })}`,
    },
  },
})

const WRONG_KIND =
  'Make it a RoleBinding in the namespace of the Role, or bind a ClusterRole. The reference of a binding cannot be changed: delete it and create it again.'

function removal(binding: KubeObject): Fix {
  const { kind, name, namespace } = binding.ref
  const where = namespace === '' ? '' : ` -n ${shellWord(namespace)}`
  const fix: Fix = {
    text: `Delete ${kind} ${name}, or create the role that was meant.`,
    edits: [],
    commands: [`kubectl delete ${kind.toLowerCase()}${where} -- ${shellWord(name)}`],
    risk: 'none',
    needs: [],
    breaks: 'nothing today: the binding gives no rights',
  }
  // In a repository the binding would come back, and its role may be made by another part of it.
  return binding.source === 'manifest'
    ? withPrecondition(fix, 'no other part of the deployment creates the role', 'unknown')
    : fix
}
