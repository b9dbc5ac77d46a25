import { accountPresence } from '../../kube/index.js'
import { unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { accountOfTemplate } from './account-of-template.js'
import { accountNamed, deploymentWith } from './example-workload.js'

export const saMissing = defineCheck({
  id: 'sa-missing',
  title: 'A workload names a service account that does not exist',
  severity: 'medium',
  because: 'its pods are refused, and whoever creates the account decides what they may do',
  reach: 'user',
  appliesTo: 'workload',
  why: 'The API server refuses pods whose account is absent, so the workload does not come up again after its pods are gone. Bindings to the name may wait for the account to appear.',
  references: [kubernetesDocs('tasks/configure-pod-container/configure-service-account/')],
  evaluate(subject, report) {
    const { object, index } = subject
    const account = accountOfTemplate(subject)
    if (account.state === 'unknown') return report.unknown(account.unknown)
    if (account.state === 'none') return
    const { namespace } = object.ref
    const origin = { kind: 'object', object, path: account.path } as const
    const presence = accountPresence(index, namespace, account.name)
    const name = namespace === '' ? account.name : `${namespace}/${account.name}`
    if (presence === 'absent') {
      report.fail(
        { origin, key: 'serviceAccountName', message: `service account ${name} does not exist` },
        {
          message: `service account ${name} does not exist`,
          fix: advice(
            'Create the service account with the rights that the workload needs, or name one that exists.',
          ),
        },
      )
    }
    if (presence === 'not-known') {
      const detail = `service account ${name} was not read, and the input need not be the whole cluster`
      report.unknown(unknown('no-source', detail, origin))
    }
  },
  examples: {
    bad: {
      complete: true,
      manifests: `${deploymentWith({ serviceAccountName: 'wbe' })}---\n${accountNamed('shop', 'web')}`,
    },
    good: {
      complete: true,
      manifests: `${deploymentWith({ serviceAccountName: 'web' })}---\n${accountNamed('shop', 'web')}`,
    },
  },
})
