import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverServiceAccountApiAudiences = defineCheck({
  id: 'apiserver-service-account-api-audiences',
  title: 'The API server takes tokens that were made for another service',
  severity: 'low',
  because: 'the token has to leak at that service first',
  reach: 'pod',
  appliesTo: 'apiserver',
  why: 'A token names the service it is for, so that this service cannot use it elsewhere. An API server that counts that name as its own takes the token too: whoever gets it there is the pod here.',
  references: [kubernetesDocs('reference/command-line-tools-reference/kube-apiserver/')],
  evaluate(apiserver, report) {
    judgeFlag(apiserver, report, 'api-audiences', apiserver.strings('api-audiences'), (audiences) => {
      const foreign = audiences.filter((audience) => OTHERS.some((form) => form.test(audience)))
      return foreign.length === 0
        ? undefined
        : {
            message: `audiences of other services: ${foreign.join(', ')}`,
            fix: apiserver.change(
              'api-audiences',
              audiences.filter((audience) => !foreign.includes(audience)),
            ),
          }
    })
  },
  examples: {
    bad: apiserverWith(['--api-audiences=https://kubernetes.default.svc.cluster.local,sts.amazonaws.com']),
    good: apiserverWith(['--api-audiences=https://kubernetes.default.svc.cluster.local']),
  },
})

/**
 * Audiences of services that pods commonly hand tokens to: AWS STS (IRSA), Azure workload identity, Google workload
 * identity pools, Vault, Sigstore, as their documentation names them.
 */
const OTHERS: readonly RegExp[] = [
  /^sts\.amazonaws\.com(?:\.cn)?$/,
  /^api:\/\/AzureADTokenExchange/i,
  /\.svc\.id\.goog$/,
  /iam\.googleapis\.com\//,
  /^vault$/i,
  /^sigstore$/i,
]
