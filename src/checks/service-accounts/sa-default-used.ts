import { bindingsOfAccount } from '../../kube/index.js'
import { unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { accountOfTemplate } from './account-of-template.js'
import { deploymentWith } from './example-workload.js'
import { isTokenMounted } from './token-mount.js'

export const saDefaultUsed = defineCheck({
  id: 'sa-default-used',
  title: "A workload runs under its namespace's default service account",
  severity: 'low',
  because: 'rights given to it are shared by all who do not choose; medium where rights are bound to it',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'Every pod that names no account gets `default`. Rights that one of them needs are then held by all, and the audit log cannot tell them apart.',
  references: [cis('5.1.5'), kubernetesDocs('concepts/security/service-accounts/')],
  evaluate(subject, report) {
    const { object, index } = subject
    const account = accountOfTemplate(subject)
    if (account.state === 'unknown') return report.unknown(account.unknown)
    if (account.state === 'none' || account.name !== 'default') return
    const mounted = isTokenMounted(subject, 'default')
    if (mounted === false) return
    if (mounted === undefined) {
      const detail = '`automountServiceAccountToken` is neither true nor false'
      return report.unknown(unknown('unparsable', detail, { kind: 'object', object, path: account.path }))
    }
    const bindings = bindingsOfAccount(index, object.ref.namespace, 'default')
    const bound = bindings.length > 0
    report.fail(
      {
        origin: { kind: 'object', object, path: account.path },
        key: 'serviceAccountName',
        message: account.explicit ? 'it names the account `default`' : 'no `serviceAccountName` is set',
      },
      {
        ...(bound ? BOUND : {}),
        message: bound
          ? `it runs under the default account, to which ${bindings.length} binding(s) give rights`
          : 'it runs under the default account of its namespace',
        fix: advice(
          'Create an account for this workload and name it in `serviceAccountName`; set `automountServiceAccountToken: false` where it does not call the API server.',
          {
            breaks:
              'calls to the API server that rely on rights of `default`, until the new account has them',
          },
        ),
      },
    )
  },
  examples: {
    bad: { manifests: deploymentWith({}) },
    good: { manifests: deploymentWith({ serviceAccountName: 'web' }) },
  },
})

const BOUND = {
  severity: 'medium',
  because: 'rights are bound to the account that everybody in the namespace shares',
} as const
