import {
  accountPresence,
  clusterMinor,
  defaultRbacOf,
  readBinding,
  serviceAccountOf,
  shellWord,
} from '../../kube/index.js'
import { unknown, type Fix, type KubeObject } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { withPrecondition } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { editFor } from './example-workload.js'

export const saDefaultBound = defineCheck({
  id: 'sa-default-bound',
  title: "Rights are bound to a namespace's default service account",
  severity: 'high',
  because: 'every pod of the namespace that names no account has them, whoever starts it',
  reach: 'pod',
  appliesTo: 'object',
  kinds: ['ClusterRoleBinding.rbac.authorization.k8s.io', 'RoleBinding.rbac.authorization.k8s.io'],
  why: 'Pods that name no account run as `default` and mount its token. Rights given to one workload this way are given to all of them, and to each that is added later.',
  references: [cis('5.1.5'), kubernetesDocs('concepts/security/rbac-good-practices/')],
  evaluate({ object, index }, report) {
    const { roleRef, subjects, malformed } = readBinding(object)
    for (const { path, detail } of malformed) {
      report.unknown(unknown('unparsable', detail, { kind: 'object', object, path }))
    }
    const judged = defaultRbacOf(object, clusterMinor(index))?.addedSubjects ?? subjects
    for (const one of judged) {
      const account = serviceAccountOf(one)
      if (account?.name !== 'default') continue
      // A namespace that is gone has no pods: rbac-dangling-subject tells.
      if (accountPresence(index, account.namespace, 'default') === 'absent') continue
      const role = `${roleRef?.kind ?? 'role'} ${roleRef?.name ?? '(unreadable)'}`
      report.fail(
        {
          origin: { kind: 'object', object, path: one.path },
          message: `${account.namespace}/default has ${role}`,
        },
        {
          message: `every pod of ${account.namespace} that names no account has ${role}`,
          fix: withPrecondition(
            takeOut(object, one.path, account.namespace, subjects.length),
            `the workloads of ${account.namespace} that use these rights run under an account of their own, bound to ${role}`,
          ),
        },
      )
    }
  },
  examples: {
    bad: { manifests: editFor('shop', 'default') },
    good: { manifests: editFor('shop', 'web') },
  },
})

function takeOut(
  binding: KubeObject,
  path: readonly (string | number)[],
  namespace: string,
  subjects: number,
): Fix {
  const { kind, name } = binding.ref
  const fix: Fix = {
    text: `Take ServiceAccount ${namespace}/default out of the subjects of ${kind} ${name}, and bind an account of the workload that needs the rights.`,
    edits: [],
    commands: [],
    risk: 'traffic',
    needs: [],
    breaks: `pods of ${namespace} that use these rights through the default account`,
  }
  if (binding.source === 'manifest')
    return { ...fix, edits: [{ file: binding.slice.file, object: binding.ref, op: 'remove', path }] }
  if (subjects > 1) return fix
  const where = binding.ref.namespace === '' ? '' : ` -n ${shellWord(binding.ref.namespace)}`
  return { ...fix, commands: [`kubectl delete ${kind.toLowerCase()}${where} -- ${shellWord(name)}`] }
}
