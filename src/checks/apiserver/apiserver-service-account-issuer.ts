import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverServiceAccountIssuer = defineCheck({
  id: 'apiserver-service-account-issuer',
  title: 'The issuer of service account tokens is not a safe address',
  severity: 'low',
  because: 'only services outside of the cluster that fetch its keys are concerned',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'Who trusts tokens of this cluster fetches its keys from the issuer. Over plain HTTP whoever stands in between hands out keys of their own and signs tokens that are believed.',
  references: [
    kubernetesDocs(
      'tasks/configure-pod-container/configure-service-account/#service-account-issuer-discovery',
    ),
  ],
  evaluate(apiserver, report) {
    judgeFlag(
      apiserver,
      report,
      'service-account-issuer',
      apiserver.strings('service-account-issuer'),
      (issuers) => {
        const plain = issuers.filter((issuer) => /^http:\/\//i.test(issuer))
        return plain.length === 0
          ? undefined
          : {
              message: `plain HTTP: ${plain.join(', ')}`,
              fix: advice(
                'Give an issuer with https first, and keep the old one as a further `--service-account-issuer` until the tokens that name it have ended. Put the new one into whatever trusts tokens of this cluster.',
                { breaks: 'whoever trusts tokens by the old issuer alone' },
              ),
            }
      },
    )
  },
  examples: {
    bad: apiserverWith(['--service-account-issuer=http://kubernetes.example']),
    good: apiserverWith(['--service-account-issuer=https://kubernetes.default.svc.cluster.local']),
  },
})
