import { asString, unknown } from '../../model/index.js'
import { imageName } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer } from './judge-container.js'
import { remake } from './remake.js'

export const containerImageLatest = defineCheck({
  id: 'container-image-latest',
  title: 'The image of a container has no fixed version',
  severity: 'low',
  because: 'what runs after the next pull is not what was checked',
  reach: 'host',
  appliesTo: 'container',
  why: 'The tag `latest`, and none, name whatever was pushed last. Nobody can say what a container runs, or go back.',
  references: [cisDocker('5.28'), dockerDocs('build/building/best-practices/#pin-base-image-versions')],
  evaluate(subject, report) {
    const { container } = subject
    const image = asString(container.at(['Config', 'Image'])) ?? ''
    if (container.managedBy === undefined && /^(?:sha256:)?[0-9a-f]{12,64}$/.test(image)) {
      return report.unknown(
        unknown(
          'no-source',
          'the container was made from an image id, which names no version',
          container.origin(['Config', 'Image']),
        ),
      )
    }
    judgeContainer(subject, report, ['Config', 'Image'], () => {
      if (image === '' || image.includes('@')) return undefined
      const { tag } = imageName(image)
      if (tag !== undefined && tag !== 'latest') return undefined
      return {
        severity: 'low',
        seen: `the image is \`${image}\``,
        message: `container \`${container.name}\` runs \`${image}\`: ${tag === undefined ? 'no version' : 'tag `latest`'}`,
        fix: remake(subject, {
          run: 'from an image with a version, or better with a digest (`NAME@sha256:...`)',
          compose: 'name a version or a digest at `image`',
        }),
      }
    })
  },
  examples: {
    bad: containerWith({ Config: { Image: 'nginx' } }),
    good: containerWith(),
  },
})
