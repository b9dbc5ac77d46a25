import { isMirrorPod, workloadsIn, type ObjectIndex } from '../../kube/index.js'
import { unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cis, kubernetesDocs } from '../references.js'
import { deploymentIn } from './example-namespace.js'
import { isSystemNamespace } from './system-namespaces.js'

export const namespaceDefaultUsed = defineCheck({
  id: 'namespace-default-used',
  title: 'A workload runs in the namespace default',
  severity: 'low',
  because:
    'what nobody put anywhere lands there and shares rights, Secrets and policies; info where the cluster runs nothing else',
  reach: 'user',
  appliesTo: 'workload',
  why: 'Roles, network policies, quotas and Pod Security levels are given by namespace. Whatever is created without one ends up in default, so that nothing there can be closed without hitting something else.',
  references: [cis('5.6.4'), kubernetesDocs('concepts/overview/working-with-objects/namespaces/')],
  evaluate({ object, index }, report) {
    const namespace = valueAt(object.content, ['metadata', 'namespace'])
    const origin = { kind: 'object', object, path: ['metadata', 'namespace'] } as const
    if (namespace !== undefined && namespace !== null && typeof namespace !== 'string') {
      return report.unknown(unknown('unparsable', '`metadata.namespace` is not a text', origin))
    }
    // A manifest without a namespace goes where kubectl's context says.
    if (namespace !== 'default' || object.source === 'static-pod' || isMirrorPod(object)) return
    report.fail(
      { origin, message: 'the namespace is default' },
      {
        ...(isOnlyOne(index) ? ONLY : {}),
        message: `it runs in the namespace default`,
        fix: advice(
          'Give the workload a namespace of its own, with what it uses (ConfigMaps, Secrets, Services, accounts), and delete it here.',
          { breaks: 'names: other workloads find its Services under the new namespace' },
        ),
      },
    )
  },
  examples: {
    bad: { manifests: deploymentIn('default') },
    good: { manifests: deploymentIn('shop') },
  },
})

const ONLY = {
  severity: 'info',
  because: 'nothing but this and the cluster itself was found to run: there is nobody to keep it from',
} as const

/** Whether all namespaces are known and none but default and those of the cluster runs anything. */
function isOnlyOne(index: ObjectIndex): boolean {
  if (!index.holdsAll('', 'Namespace')) return false
  return index
    .ofKind('', 'Namespace')
    .every(
      ({ ref }) =>
        ref.name === 'default' || isSystemNamespace(ref.name) || workloadsIn(index, ref.name).length === 0,
    )
}
