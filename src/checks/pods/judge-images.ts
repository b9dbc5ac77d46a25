import { imageReference, type Container, type ImageReference } from '../../kube/index.js'
import { asString, type JsonPath, type Severity } from '../../model/index.js'
import type { FailOptions, Report, WorkloadSubject } from '../define-check.js'
import { askContainers } from './ask-pod.js'

export interface ImageFault extends FailOptions {
  readonly message: string
  /** The field to show; the image itself where it is left out. */
  readonly at?: JsonPath
}

/** What templates of charts and pipelines leave in place of a part: nothing can be told of such an image. */
export const TEMPLATED = /\{\{|\$\{|\$\(|<%/

/**
 * Asks about the image of each container. One that names none gets it from somewhere else (`workloadRef`, a webhook) and
 * one with a placeholder is not known yet: nothing is said of the first, and the second is unknown.
 */
export function judgeImages(
  workload: WorkloadSubject,
  report: Report,
  severity: Severity,
  judge: (image: ImageReference, container: Container) => ImageFault | undefined,
): void {
  askContainers(workload, report, {
    reads: [
      { of: 'container', path: ['image'], type: 'string' },
      { of: 'container', path: ['imagePullPolicy'], type: 'string' },
    ],
    severity,
    judge(container, { object }) {
      const image = asString(container.spec.image)
      if (image === undefined || image === '') return undefined
      if (TEMPLATED.test(image)) {
        report.unknown({
          known: false,
          reason: 'unresolved-variable',
          detail: `the image of container \`${container.name}\` has a placeholder`,
          origin: { kind: 'object', object, path: [...container.path, 'image'] },
        })
        return undefined
      }
      const fault = judge(imageReference(image), container)
      return fault === undefined ? undefined : { at: ['image'], ...fault }
    },
  })
}
