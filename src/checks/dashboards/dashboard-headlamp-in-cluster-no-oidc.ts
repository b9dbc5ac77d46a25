import { unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { consolesIn } from './console-containers.js'
import { flagOf, hasEnvFrom, malformedWords, switchOf, variableOf } from './container-flags.js'
import { consoleWith } from './example-console.js'
import { reachedBy, reportMalformed } from './judge-switch.js'

const image = 'ghcr.io/headlamp-k8s/headlamp:v0.40.0'

export const dashboardHeadlampInClusterNoOidc = defineCheck({
  id: 'dashboard-headlamp-in-cluster-no-oidc',
  title: 'Headlamp runs in the cluster without a login of people',
  severity: 'high',
  because: 'visitors paste tokens of service accounts, which are shared, long-lived and wide',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'Without OpenID Connect the only login is a token. People make one service account with wide rights and hand its token around: it has no owner, no second factor, and the audit log cannot tell who used it.',
  references: ['https://headlamp.dev/docs/latest/installation/in-cluster/oidc/'],
  evaluate(subject, report) {
    const { object } = subject
    for (const { container } of consolesIn(subject, 'headlamp')) {
      const malformed = malformedWords(container)
      if (malformed !== undefined) {
        reportMalformed(report, object, malformed)
        continue
      }
      const inside = switchOf(container, 'in-cluster')
      if (inside?.on !== true || flagOf(container, 'oidc-client-id') !== undefined) continue
      if (variableOf(container, 'HEADLAMP_CONFIG_OIDC_CLIENT_ID') !== undefined) continue
      const origin = { kind: 'object', object, path: inside.path } as const
      if (hasEnvFrom(container)) {
        report.unknown(
          unknown('no-source', 'its environment comes from a Secret or ConfigMap as a whole', origin),
        )
        continue
      }
      report.fail(
        {
          origin,
          key: `containers[name=${container.name}] -in-cluster`,
          message: '`-in-cluster` is set, and no OpenID Connect client',
        },
        {
          message: `Headlamp knows no login but pasted tokens${reachedBy(subject)}`,
          fix: advice(
            'Set `-oidc-client-id`, `-oidc-client-secret` and `-oidc-idp-issuer-url`, and give rights to the groups of your identity provider.',
            {
              needs: 'the API server accepts tokens of that provider',
              breaks: 'logins with pasted tokens go on to work',
            },
          ),
        },
      )
    }
  },
  examples: {
    bad: { manifests: consoleWith({ image, args: ['-in-cluster', '-plugins-dir=/headlamp/plugins'] }) },
    good: { manifests: consoleWith({ image, args: ['-in-cluster', '-oidc-client-id=headlamp'] }) },
  },
})
