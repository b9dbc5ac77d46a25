import { defineCheck } from '../define-check.js'
import { flagEvidence } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverAuthorizationConfigShadowed = defineCheck({
  id: 'apiserver-authorization-config-shadowed',
  title: 'Flags about authorization stand beside a configuration file that excludes them',
  severity: 'high',
  because: 'the API server does not start with both, and which of them is meant is not said',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'With `--authorization-config` the mode and the flags of webhooks may not be given. The next restart of the API server is its last, and what seems to be in force is not.',
  references: [
    kubernetesDocs('reference/access-authn-authz/authorization/#using-configuration-file-for-authorization'),
  ],
  evaluate(apiserver, report) {
    const config = apiserver.string('authorization-config')
    if (!config.known) return report.unknown(config)
    if (config.value === '') return
    for (const { setting, source, origin } of apiserver.config.settings) {
      if (!EXCLUDED.has(setting) || source.kind !== 'flag') continue
      report.fail(flagEvidence(apiserver, setting, origin), {
        message: `\`--${setting}\` may not stand beside \`--authorization-config\``,
        fix: advice(
          'Decide which is meant: write what the flags say into the file and take the flags out, or take `--authorization-config` out. Look at the chain before the API server is restarted (`rampart apiserver config`).',
        ),
      })
    }
  },
  examples: {
    bad: apiserverWith([
      '--authorization-mode=Node,RBAC',
      '--authorization-config=/etc/kubernetes/authz.yaml',
    ]),
    good: apiserverWith(['--authorization-config=/etc/kubernetes/authz.yaml']),
  },
})

/** Source: kubernetes v1.36.3 pkg/kubeapiserver/options/authorization.go, Validate. */
const EXCLUDED: ReadonlySet<string> = new Set([
  'authorization-mode',
  'authorization-webhook-config-file',
  'authorization-webhook-version',
  'authorization-webhook-cache-authorized-ttl',
  'authorization-webhook-cache-unauthorized-ttl',
])
