import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs, nsa } from '../references.js'
import { judgeAbsence } from './absent-in-namespace.js'
import { deploymentIn, namespaceWith } from './example-namespace.js'

export const namespaceNoQuota = defineCheck({
  id: 'namespace-no-quota',
  title: 'A namespace may take every resource of the cluster',
  severity: 'info',
  because: 'it is about what is left for others, not about rights',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['Namespace'],
  why: 'Without a quota one namespace may start so many pods, claims and load balancers that others find no room; who takes over one workload may do the same.',
  references: [nsa('resource policies'), kubernetesDocs('concepts/policy/resource-quotas/')],
  evaluate(subject, report) {
    judgeAbsence(subject, report, {
      group: '',
      kind: 'ResourceQuota',
      message: 'no quota limits what it takes',
      fix: advice(
        'Add a ResourceQuota with what the namespace needs and some room: pods, requests.cpu, requests.memory, services.loadbalancers.',
        {
          breaks:
            'pods beyond the quota are refused; with a quota on requests every container must name them',
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
  return `---\napiVersion: v1\nkind: ResourceQuota\nmetadata: { name: all, namespace: ${namespace} }\nspec: {}\n`
}
