import { accountPresence, describeSubject, serviceAccountOf } from '../../kube/index.js'
import { unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { kubernetesDocs } from '../references.js'
import { BINDINGS, grantsOf } from './binding-grants.js'
import { bindingOf } from './example-objects.js'
import { isMadeByApiServer } from './made-by-api-server.js'
import { removeSubject } from './remove-subject.js'

const ACCOUNT = `apiVersion: v1
kind: ServiceAccount
metadata: { name: runner, namespace: ci }
`

export const rbacDanglingSubject = defineCheck({
  id: 'rbac-dangling-subject',
  title: 'A binding names a service account that does not exist',
  severity: 'medium',
  because: 'whoever may create a service account of that name there inherits the rights',
  reach: 'user',
  appliesTo: 'object',
  kinds: BINDINGS,
  why: 'Rights are bound to a name, not to an account. Where the account or its namespace is gone, everybody who may create an account (or the namespace) of that name gets what was meant for the old one.',
  references: [kubernetesDocs('concepts/security/rbac-good-practices/')],
  evaluate(subject, report) {
    const { object, index } = subject
    const grants = grantsOf(subject, report)
    if (isMadeByApiServer(subject)) return
    for (const one of grants?.subjects ?? []) {
      const account = serviceAccountOf(one)
      if (account === undefined) continue
      const origin = { kind: 'object', object, path: one.path } as const
      const presence = accountPresence(index, account.namespace, account.name)
      if (presence === 'absent') {
        report.fail(
          { origin, message: `${describeSubject(one)} does not exist` },
          {
            message: `service account ${account.namespace}/${account.name} does not exist`,
            fix: removeSubject(
              object,
              one,
              'nothing today: no pod can run under an account that is absent',
              'none',
            ),
          },
        )
      }
      if (presence === 'not-known') {
        const detail = `service account ${account.namespace}/${account.name} was not read, and the input need not be the whole cluster`
        report.unknown(unknown('no-source', detail, origin))
      }
    }
  },
  examples: {
    bad: {
      complete: true,
      manifests: `${ACCOUNT}---\n${bindingOf('old', 'edit', { kind: 'ServiceAccount', namespace: 'ci', name: 'jenkins' })}`,
    },
    good: {
      complete: true,
      manifests: `${ACCOUNT}---\n${bindingOf('ci', 'edit', { kind: 'ServiceAccount', namespace: 'ci', name: 'runner' })}`,
    },
  },
})
