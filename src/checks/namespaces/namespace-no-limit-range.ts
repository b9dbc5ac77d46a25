import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs, nsa } from '../references.js'
import { judgeAbsence } from './absent-in-namespace.js'
import { deploymentIn, namespaceWith } from './example-namespace.js'

export const namespaceNoLimitRange = defineCheck({
  id: 'namespace-no-limit-range',
  title: 'Containers of a namespace get no limits that they do not ask for',
  severity: 'info',
  because: 'it bears on containers that name no limits themselves',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Namespace'],
  why: 'A LimitRange gives each container that names none a default request and limit. Without it one container may use up the memory of its node.',
  references: [nsa('resource policies'), kubernetesDocs('concepts/policy/limit-range/')],
  evaluate(subject, report) {
    judgeAbsence(subject, report, {
      group: '',
      kind: 'LimitRange',
      message: 'no LimitRange gives its containers defaults',
      fix: advice(
        'Add a LimitRange with a default request and limit for containers, measured by what they use.',
        {
          breaks:
            'containers that use more than the default are throttled or killed; running pods keep what they have',
        },
      ),
    })
  },
  examples: {
    bad: { complete: true, manifests: `${both()}${inNamespace('web')}` },
    good: { complete: true, manifests: `${both()}${inNamespace('web')}${inNamespace('shop')}` },
  },
})

function both(): string {
  return `${namespaceWith({})}---\n${namespaceWith({}, 'web')}${deploymentIn('shop')}${deploymentIn('web')}`
}

function inNamespace(namespace: string): string {
  return `---\napiVersion: v1\nkind: LimitRange\nmetadata: { name: all, namespace: ${namespace} }\nspec: {}\n`
}
