import { asList, asString, field, unknown } from '../../model/index.js'
import { deploymentWith } from './example-wiring.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'

export const wiringEnvDuplicate = defineCheck({
  id: 'wiring-env-duplicate',
  title: 'An environment variable is set twice',
  severity: 'info',
  because: 'the last one wins, whichever was meant',
  reach: 'user',
  appliesTo: 'workload',
  byDefault: 'manifests',
  why: 'Who reads the first line believes that a setting holds which does not. With server-side apply one of the two may disappear.',
  references: [
    'https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/',
  ],
  evaluate({ object, containers }, report) {
    for (const { name, spec, path } of containers) {
      const list = spec.env ?? []
      if (!Array.isArray(list)) {
        report.unknown(
          unknown('unparsable', `\`env\` of container ${name} is no list`, {
            kind: 'object',
            object,
            path: [...path, 'env'],
          }),
        )
        continue
      }
      const seen = new Set<string>()
      for (const [at, each] of asList(list).entries()) {
        const variable = asString(field(each, 'name'))
        if (variable === undefined) continue
        if (seen.has(variable)) {
          const message = `container \`${name}\` sets ${variable} twice`
          report.fail(fieldEvidence(object, [...path, 'env', at], message, `${name} ${variable}`), {
            message,
            fix: advice('Keep the one that is meant.'),
          })
        }
        seen.add(variable)
      }
    }
  },
  examples: {
    bad: { manifests: deploymentWith('env: [{ name: MODE, value: safe }, { name: MODE, value: fast }]') },
    good: { manifests: deploymentWith('env: [{ name: MODE, value: safe }]') },
  },
})
