import { asString, unknown } from '../../model/index.js'
import { minorOf } from '../../effective/index.js'
import { defineCheck, type ComponentSubject } from '../define-check.js'
import { flagEvidence } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { kubernetesDocs, nsa } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverInsecureBind = defineCheck({
  id: 'apiserver-insecure-bind',
  title: 'A port that asks for nothing is open to other machines',
  severity: 'critical',
  because: 'whoever reaches the host is administrator of the cluster, without a credential',
  reach: 'unauthenticated',
  appliesTo: 'apiserver',
  why: 'The insecure port asks for neither authentication nor authorization. Bound to an address that others reach it gives the cluster to the network.',
  references: [nsa('insecure ports'), kubernetesDocs('concepts/security/controlling-access/')],
  evaluate(apiserver, report) {
    const gate = apiserver.setting('secure-port')
    if (!gate.known) return report.unknown(gate)
    const minor = minorOf(apiserver.version)
    // Since 1.20 nothing listens there any more.
    if (minor !== undefined && minor >= CLOSED_SINCE) return
    const address = settingOf(apiserver, ['insecure-bind-address', 'address'])
    if (address === undefined || isLoopback(asString(address.value) ?? '')) return
    if (settingOf(apiserver, ['insecure-port', 'port'])?.value === '0') return
    if (minor === undefined) {
      const detail = `\`--${address.setting}\` is given, and which version the API server has was not found: it counts before 1.20`
      return report.unknown(unknown('version-unknown', detail, address.origin))
    }
    report.fail(flagEvidence(apiserver, address.setting, address.origin), {
      message: `the insecure port listens on ${asString(address.value) ?? ''}`,
      fix: {
        ...(apiserver.unset?.(address.setting) ?? advice(`Take \`--${address.setting}\` out.`)),
        breaks: 'clients on other machines that use the port: give them a kubeconfig',
      },
    })
  },
  examples: {
    bad: apiserverWith(['--insecure-bind-address=0.0.0.0'], { version: 'v1.18.20' }),
    good: apiserverWith(['--insecure-port=0'], { version: 'v1.18.20' }),
  },
})

const CLOSED_SINCE = 20

function settingOf(apiserver: ComponentSubject, names: readonly string[]) {
  return apiserver.config.settings.find(({ setting }) => names.includes(setting))
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1' || address === 'localhost'
}
