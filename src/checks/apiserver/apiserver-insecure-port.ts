import { unknown } from '../../model/index.js'
import { minorOf } from '../../effective/index.js'
import { defineCheck, type ComponentSubject } from '../define-check.js'
import { flagEvidence } from '../judge-flag.js'
import { kubernetesDocs, nsa } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverInsecurePort = defineCheck({
  id: 'apiserver-insecure-port',
  title: 'The API server has a port that asks for nothing',
  severity: 'critical',
  because:
    'whoever reaches the port is past authentication and authorization; by default only the host itself reaches it',
  reach: 'host',
  appliesTo: 'apiserver',
  why: 'Requests to the insecure port are neither authenticated nor authorized: every local user and every pod on the network of the host is administrator. Kubernetes closed it for good in 1.20.',
  references: [nsa('insecure ports'), kubernetesDocs('concepts/security/controlling-access/')],
  evaluate(apiserver, report) {
    const gate = apiserver.setting('secure-port')
    if (!gate.known) return report.unknown(gate)
    const minor = minorOf(apiserver.version)
    // Since 1.20 the flag has no effect, and anything but 0 stops the start: said by the check of removed flags.
    if (minor !== undefined && minor >= CLOSED_SINCE) return
    const given = insecurePort(apiserver)
    if (given === undefined && minor === undefined) return
    const port = given === undefined ? DEFAULT : given.value
    if (port === '0') return
    if (minor === undefined) {
      const detail = `\`--${given?.setting ?? ''}\` is given, and which version the API server has was not found: it is open before 1.20`
      return report.unknown(unknown('version-unknown', detail, given?.origin))
    }
    const name = given?.setting ?? 'insecure-port'
    report.fail(flagEvidence(apiserver, name, given?.origin ?? gate.origin), {
      message: `port ${typeof port === 'string' ? port : ''} answers without authentication and authorization`,
      fix: {
        ...apiserver.change('insecure-port', 0),
        breaks: 'scripts and components on the host that use the port: give them a kubeconfig',
      },
    })
  },
  examples: {
    bad: apiserverWith(['--insecure-port=8080'], { version: 'v1.18.20' }),
    good: apiserverWith(['--insecure-port=0'], { version: 'v1.18.20' }),
  },
})

/** Source: kubernetes/kubernetes#95856, release notes of 1.20. */
const CLOSED_SINCE = 20
/** Source: kubernetes v1.19 pkg/kubeapiserver/options/serving.go, NewInsecureServingOptions. */
const DEFAULT = '8080'

/** `--port` is an older name of the same flag. */
function insecurePort(apiserver: ComponentSubject) {
  return apiserver.config.settings.find(({ setting }) => setting === 'insecure-port' || setting === 'port')
}
