import { asStrings, field } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer } from './judge-container.js'
import { remake } from './remake.js'

export const containerNoHealthcheck = defineCheck({
  id: 'container-no-healthcheck',
  title: 'Nobody asks whether the program of a container still works',
  severity: 'info',
  because: 'availability, not access',
  reach: 'host',
  appliesTo: 'container',
  why: 'A container runs as long as its first process does. A health check sees a program that hangs or was replaced.',
  references: [cisDocker('4.6'), cisDocker('5.27'), dockerDocs('reference/dockerfile/#healthcheck')],
  evaluate(subject, report) {
    judgeContainer(subject, report, ['Config', 'Healthcheck'], (value) => {
      const test = asStrings(field(value, 'Test'))[0]
      if (test !== undefined && test !== 'NONE') return undefined
      return {
        severity: 'info',
        seen: test === undefined ? '`Healthcheck` is not set' : 'the health check is switched off (`NONE`)',
        message: `container \`${subject.container.name}\` has no health check`,
        fix: remake(subject, {
          run: 'with `--health-cmd`, or from an image whose Dockerfile has a `HEALTHCHECK`',
          compose: 'add a `healthcheck`',
        }),
      }
    })
  },
  examples: {
    bad: containerWith({ Config: { Healthcheck: undefined } }),
    good: containerWith(),
  },
})
