import { unknown } from '../../model/index.js'
import { minorOf } from '../../effective/index.js'
import { defineCheck } from '../define-check.js'
import { flagEvidence } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverRemovedFlag = defineCheck({
  id: 'apiserver-removed-flag',
  title: 'The API server is given a flag that its version does not know',
  severity: 'high',
  because: 'the API server does not start with it: the cluster is without one at the next restart',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'A flag that is gone stops the API server at its next start; what it once protected is not in force.',
  references: [kubernetesDocs('reference/command-line-tools-reference/kube-apiserver/')],
  evaluate(apiserver, report) {
    const gate = apiserver.setting('secure-port')
    if (!gate.known) return report.unknown(gate)
    const minor = minorOf(apiserver.version)
    for (const { setting, value, origin } of apiserver.config.settings) {
      const gone = REMOVED.get(setting)
      if (gone === undefined) continue
      if (minor === undefined) {
        const detail = `\`--${setting}\` is gone since Kubernetes 1.${gone}, and which version the API server has was not found`
        report.unknown(unknown('version-unknown', detail, origin))
        continue
      }
      // From 1.20 to 1.23 the flags of the insecure port were there, and only 0 was taken.
      const refused = minor >= gone || (minor >= 20 && /^(?:insecure-)?port$/.test(setting) && value !== '0')
      if (!refused) continue
      report.fail(flagEvidence(apiserver, setting, origin), {
        message: `\`--${setting}\` is not taken by Kubernetes 1.${minor}`,
        fix: apiserver.unset?.(setting) ?? advice(`Take \`--${setting}\` out.`),
      })
    }
    const { refusal } = apiserver.config
    const name = /unknown flag: --([\w-]+)/.exec(refusal?.message ?? '')?.[1]
    if (refusal === undefined || name === undefined || REMOVED.has(name.replaceAll('_', '-'))) return
    report.fail(flagEvidence(apiserver, name.replaceAll('_', '-'), refusal.origin), {
      message: `the API server refuses to start: ${refusal.message}`,
      fix: advice(`Take \`--${name}\` out, or write it as this version does.`),
    })
  },
  examples: {
    bad: apiserverWith(['--insecure-port=0']),
    good: apiserverWith(['--secure-port=6443']),
  },
})

/**
 * Flags that kube-apiserver had, with the minor version that no longer takes them.
 * Sources: release notes of Kubernetes 1.19 (basic authentication), 1.20 and 1.24 (insecure port), 1.22 (kubelet-https).
 */
const REMOVED: ReadonlyMap<string, number> = new Map([
  ['basic-auth-file', 19],
  ['kubelet-https', 22],
  ['insecure-port', 24],
  ['insecure-bind-address', 24],
  ['port', 24],
  ['address', 24],
])
