import { defineCheck } from '../define-check.js'
import { judgeFlag } from '../judge-flag.js'
import { kubernetesDocs, nsa } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverSecurePort0 = defineCheck({
  id: 'apiserver-secure-port-0',
  title: 'The secure port of the API server is switched off',
  severity: 'medium',
  because: 'old versions then serve without TLS alone; newer ones do not start',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'With `--secure-port=0` an old API server answers on its insecure port alone, where nothing is asked. Newer ones refuse the value.',
  references: [
    nsa('insecure ports'),
    kubernetesDocs('reference/command-line-tools-reference/kube-apiserver/'),
  ],
  evaluate(apiserver, report) {
    judgeFlag(apiserver, report, 'secure-port', apiserver.number('secure-port'), (port) =>
      port === 0
        ? { message: '`--secure-port` is 0', fix: apiserver.change('secure-port', 6443) }
        : undefined,
    )
  },
  examples: {
    bad: apiserverWith(['--secure-port=0']),
    good: apiserverWith(['--secure-port=6443']),
  },
})
