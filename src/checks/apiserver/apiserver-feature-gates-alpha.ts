import { asList, asString, isObject, type JsonValue } from '../../model/index.js'
import { featureStage } from '../../effective/index.js'
import { defineCheck } from '../define-check.js'
import { flagEvidence } from '../judge-flag.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { apiserverWith } from './example-apiserver.js'

export const apiserverFeatureGatesAlpha = defineCheck({
  id: 'apiserver-feature-gates-alpha',
  title: 'Alpha features are switched on',
  severity: 'low',
  because: 'what they do is not settled; which barrier one weakens depends on the feature',
  reach: 'user',
  appliesTo: 'apiserver',
  why: 'Alpha features may have faults that nobody has looked for and are off by default for that reason. `AllAlpha` switches on every one, and those of each later version.',
  references: [kubernetesDocs('reference/command-line-tools-reference/feature-gates/')],
  evaluate(apiserver, report) {
    const setting = apiserver.setting('feature-gates')
    if (!setting.known) return report.unknown(setting)
    const version = apiserver.version.known ? apiserver.version.value : undefined
    const gates = gatesOf(setting.value)
    const alpha = gates
      .filter(([name, on]) => on && (name === 'AllAlpha' || featureStage(version, name) === 'ALPHA'))
      .map(([name]) => name)
    if (alpha.length === 0) return
    const rest = gates.filter(([name]) => !alpha.includes(name)).map(([name, on]) => `${name}=${String(on)}`)
    report.fail(flagEvidence(apiserver, 'feature-gates', setting.origin), {
      message: `alpha: ${alpha.join(', ')}`,
      fix: {
        ...(rest.length > 0
          ? apiserver.change('feature-gates', rest)
          : (apiserver.unset?.('feature-gates') ?? advice('Take `--feature-gates` out.'))),
        breaks: 'whatever uses these features; objects made with them may not be read again',
      },
    })
  },
  examples: {
    bad: apiserverWith(['--feature-gates=AllAlpha=true']),
    good: apiserverWith(['--authorization-mode=Node,RBAC']),
  },
})

/** Gates of a flag: words `NAME=BOOL` by component, where the empty name stands for this one. */
function gatesOf(value: JsonValue): [name: string, on: boolean][] {
  const words = isObject(value)
    ? Object.entries(value).flatMap(([component, list]) =>
        component === '' || component === 'kube' ? asList(list) : [],
      )
    : []
  const gates = new Map<string, boolean>()
  for (const word of words) {
    const [, name, on] =
      /^([A-Za-z]\w{0,99})=(true|false|t|f|1|0)$/i.exec((asString(word) ?? '').trim()) ?? []
    if (name !== undefined && on !== undefined) gates.set(name, /^(?:t|true|1)$/i.test(on))
  }
  return [...gates]
}
