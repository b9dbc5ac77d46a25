import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverWillNotStart = defineCheck({
  id: 'apiserver-will-not-start',
  title: 'The API server refuses to start with these flags',
  severity: 'high',
  because: 'the cluster is without an API server at its next restart',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'An API server that does not come up again takes the cluster with it, and the settings that seem to protect it are not in force.',
  references: [kubernetesDocs('reference/command-line-tools-reference/kube-apiserver/')],
  evaluate(apiserver, report) {
    const gate = apiserver.setting('secure-port')
    if (!gate.known) return report.unknown(gate)
    const { refusal } = apiserver.config
    // Unknown flags, and flags beside --authorization-config, have checks of their own.
    if (refusal === undefined || /unknown flag|beside `--authorization-config`/.test(refusal.message)) return
    report.fail(
      { origin: refusal.origin, key: 'refusal', message: refusal.message },
      {
        message: `the API server refuses to start: ${refusal.message}`,
        fix: advice('Correct what is named here before the API server is restarted.'),
      },
    )
  },
  examples: {
    bad: apiserverWith(['--profiling', 'false']),
    good: apiserverWith(['--profiling=false']),
  },
})
