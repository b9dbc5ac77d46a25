import { asString, isObject, type JsonObject } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { flagEvidence } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { kubernetesDocs, stig } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverAlphaApis = defineCheck({
  id: 'apiserver-alpha-apis',
  title: 'Alpha APIs are switched on',
  severity: 'low',
  because: 'they are reached with a credential and a role; what they do is not settled',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'Alpha APIs may have faults that nobody has looked for, change without notice and are dropped with their data. Switched on as a whole they come with every upgrade.',
  references: [stig('alpha APIs'), kubernetesDocs('reference/using-api/#enabling-or-disabling')],
  evaluate(apiserver, report) {
    const runtime = apiserver.setting('runtime-config')
    if (!runtime.known) return report.unknown(runtime)
    const map = isObject(runtime.value) ? runtime.value : {}
    const entries = Object.entries(map)
    const on = entries
      .filter(([name, value]) => isAlphaOn(name, asString(value) ?? '', map))
      .map(([name]) => name)
    if (on.length === 0) return
    const rest = entries.filter(([name]) => !on.includes(name))
    report.fail(flagEvidence(apiserver, 'runtime-config', runtime.origin), {
      message: `switched on: ${on.join(', ')}`,
      fix: {
        ...(rest.length > 0
          ? apiserver.change(
              'runtime-config',
              rest.map(([name, value]) => `${name}=${asString(value) ?? ''}`).join(','),
            )
          : (apiserver.unset?.('runtime-config') ?? advice('Take `--runtime-config` out.'))),
        breaks: 'whatever uses the alpha APIs, and their objects',
      },
    })
  },
  examples: {
    bad: apiserverWith(['--runtime-config=api/all=true']),
    good: apiserverWith(['--authorization-mode=Node,RBAC']),
  },
})

/**
 * `api/all` and `api/alpha` take true and false alone, and the narrower one counts; a version without a value is on.
 * Source: k8s.io/apiserver v0.36.3 pkg/server/resourceconfig/helpers.go, MergeAPIResourceConfigs, getRuntimeConfigValue.
 */
function isAlphaOn(name: string, value: string, entries: JsonObject): boolean {
  if (name === 'api/all') return value === 'true' && entries['api/alpha'] !== 'false'
  if (name === 'api/alpha') return value === 'true'
  return /(?:^|\/)v\d+alpha\d+(?:\/|$)/.test(name) && /^(?:1|t|true|)$/i.test(value)
}
