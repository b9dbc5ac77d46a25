import { limitOf, requestOf } from '../../kube/index.js'
import type { Severity } from '../../model/index.js'
import type { Report, WorkloadSubject } from '../define-check.js'
import { advice } from '../precondition.js'
import { askContainers } from './ask-pod.js'
import type { FieldType } from './pod-fields.js'

export interface ResourceQuestion {
  readonly what: 'limit' | 'request'
  readonly resources: readonly string[]
  readonly severity: Severity
  readonly fix: string
  readonly breaks: string
}

const READS: readonly FieldType[] = [
  { of: 'container', path: ['resources', 'limits'], type: 'mapping' },
  { of: 'container', path: ['resources', 'requests'], type: 'mapping' },
  { of: 'pod', path: ['resources', 'limits'], type: 'mapping' },
  { of: 'pod', path: ['resources', 'requests'], type: 'mapping' },
]

/** Containers without a limit or request that neither they, nor their pod, nor a LimitRange of the namespace give. */
export function judgeResources(workload: WorkloadSubject, report: Report, question: ResourceQuestion): void {
  const { what, resources } = question
  const find = what === 'limit' ? limitOf : requestOf
  askContainers(workload, report, {
    reads: READS,
    severity: question.severity,
    // Ephemeral containers have no resources of their own. Source: kubernetes v1.36 API, EphemeralContainer.
    of: ['init', 'container'],
    judge(container, { object, template, index }) {
      const missing = resources.filter(
        (resource) => find(index, object.ref.namespace, template, container, resource) === undefined,
      )
      if (missing.length === 0) return undefined
      return {
        message: `container \`${container.name}\` has no ${missing.join(' and no ')} ${what}`,
        at: ['resources', `${what}s`, ...(resources.length === 1 ? missing : [])],
        fix: advice(question.fix, { breaks: question.breaks }),
      }
    },
  })
}
