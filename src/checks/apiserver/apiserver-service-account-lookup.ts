import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { cis, kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverServiceAccountLookup = defineCheck({
  id: 'apiserver-service-account-lookup',
  title: 'Tokens of service accounts stay valid when their account or Secret is gone',
  severity: 'medium',
  because: 'a leaked token cannot be taken back: deleting its Secret, pod or account does nothing',
  reach: 'pod',
  appliesTo: 'apiserver',
  why: 'With the look-up off only the signature counts. A token that was taken from a pod is then good until it ends, for those of Secrets for ever.',
  references: [cis('1.2.21'), kubernetesDocs('reference/access-authn-authz/service-accounts-admin/')],
  evaluate(apiserver, report) {
    judgeFlag(
      apiserver,
      report,
      'service-account-lookup',
      apiserver.boolean('service-account-lookup'),
      (on) =>
        on
          ? undefined
          : {
              message: 'tokens are not compared with what the cluster holds',
              fix: {
                ...apiserver.change('service-account-lookup', true),
                breaks: 'clients that still use a token whose Secret, pod or account was deleted',
              },
            },
    )
  },
  examples: {
    bad: apiserverWith(['--service-account-lookup=false']),
    good: apiserverWith(['--service-account-lookup=true']),
  },
})
