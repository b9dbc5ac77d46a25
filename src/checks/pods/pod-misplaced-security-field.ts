import { unknown, valueAt, type JsonPath, type Origin } from '../../model/index.js'
import { pathInObject } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { podWith } from './example-pod.js'
import { wrongFields } from './pod-fields.js'

/** Fields of a container's security context that a pod's does not have. Source: Kubernetes v1.36 API, PodSecurityContext. */
const CONTAINER_ONLY = [
  'privileged',
  'capabilities',
  'allowPrivilegeEscalation',
  'readOnlyRootFilesystem',
  'procMount',
]

/** The reverse. Source: Kubernetes v1.36 API, SecurityContext. */
const POD_ONLY = [
  'fsGroup',
  'fsGroupChangePolicy',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'sysctls',
]

/** Groups whose workloads have no `securityContext` beside their template; a custom resource may have one. */
const BUILT_IN = ['', 'apps', 'batch', 'extensions']

export const podMisplacedSecurityField = defineCheck({
  id: 'pod-misplaced-security-field',
  title: 'A security setting stands where Kubernetes ignores it',
  severity: 'medium',
  because: 'somebody believes in a barrier that is not there',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'The API server drops fields that it does not know at that place, often without a word; the pod runs without them.',
  references: [kubernetesDocs('tasks/configure-pod-container/security-context/')],
  evaluate({ object, template, containers }, report) {
    const place = (path: JsonPath, message: string, fix: string): void =>
      report.fail({ origin: { kind: 'object', object, path }, message }, { message, fix: advice(fix) })
    const reads = (['pod', 'container'] as const).map((of) => ({
      of,
      path: ['securityContext'],
      type: 'mapping' as const,
    }))
    for (const { path, detail } of wrongFields(template, reads)) {
      const origin: Origin = { kind: 'object', object, path: pathInObject(template, path) }
      report.unknown(unknown('unparsable', detail, origin))
    }
    for (const name of CONTAINER_ONLY) {
      const path = ['spec', 'securityContext', name]
      if (valueAt(template, path) === undefined) continue
      const fix = 'Move the setting into the `securityContext` of each container.'
      place(pathInObject(template, path), `\`${name}\` has no meaning for a pod`, fix)
    }
    for (const container of containers) {
      for (const name of POD_ONLY) {
        if (valueAt(container.spec, ['securityContext', name]) === undefined) continue
        const path = [...container.path, 'securityContext', name]
        const fix = "Move the setting into the pod's own `securityContext`."
        place(path, `\`${name}\` has no meaning for a container`, fix)
      }
    }
    const beside = [...template.specPath.slice(0, -2), 'securityContext']
    if (!BUILT_IN.includes(object.ref.group) || template.specPath.length < 2) return
    if (valueAt(object.content, beside) === undefined) return
    const fix = 'Move it into `spec` of the template.'
    place(beside, '`securityContext` stands beside the template, not in its spec', fix)
  },
  examples: {
    bad: podWith('', 'securityContext:\n  allowPrivilegeEscalation: false'),
    good: podWith('securityContext:\n  allowPrivilegeEscalation: false'),
  },
})
