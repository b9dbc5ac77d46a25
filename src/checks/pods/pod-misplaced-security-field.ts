import { field, isObject, valueAt, type JsonPath } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { podWith } from './example-pod.js'

/** Fields of a container's security context that a pod's does not have. Source: Kubernetes v1.36 API, PodSecurityContext. */
const CONTAINER_ONLY = [
  'privileged',
  'capabilities',
  'allowPrivilegeEscalation',
  'readOnlyRootFilesystem',
  'procMount',
]

export const podMisplacedSecurityField = defineCheck({
  id: 'pod-misplaced-security-field',
  title: 'A security setting stands where Kubernetes ignores it',
  severity: 'medium',
  because: 'somebody believes in a barrier that is not there',
  reach: 'pod',
  appliesTo: 'workload',
  why: 'The API server drops fields that it does not know at that place, often without a word; the pod runs without them.',
  references: [kubernetesDocs('tasks/configure-pod-container/security-context/')],
  evaluate(workload, report) {
    const { object, template } = workload
    const place = (path: JsonPath, message: string): void =>
      report.fail(
        { origin: { kind: 'object', object, path }, message },
        { message, fix: advice('Move the setting into the `securityContext` of each container.') },
      )
    const context = field(template.spec, 'securityContext')
    if (context !== undefined && context !== null && !isObject(context)) {
      const path = [...template.specPath, 'securityContext']
      report.unknown({
        known: false,
        reason: 'unparsable',
        detail: '`securityContext` should be a mapping',
        origin: { kind: 'object', object, path },
      })
      return
    }
    for (const name of CONTAINER_ONLY) {
      if (field(context, name) === undefined) continue
      place([...template.specPath, 'securityContext', name], `\`${name}\` has no meaning for a pod`)
    }
    const beside = template.specPath.slice(0, -2)
    if (
      template.specPath.length > 1 &&
      valueAt(object.content, [...beside, 'securityContext']) !== undefined
    ) {
      place([...beside, 'securityContext'], '`securityContext` stands beside the template, not in its spec')
    }
  },
  examples: {
    bad: podWith('', 'securityContext:\n  allowPrivilegeEscalation: false'),
    good: podWith('securityContext:\n  allowPrivilegeEscalation: false'),
  },
})
