import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer } from './judge-container.js'
import { limitWith } from './limit-with.js'

export const containerNoPidsLimit = defineCheck({
  id: 'container-no-pids-limit',
  title: 'A container may start processes without limit',
  severity: 'medium',
  because: 'a fork bomb in it stops the whole host',
  reach: 'host',
  appliesTo: 'container',
  why: 'The number of processes of a host is limited. A container without a limit of its own can use them all up, and nobody logs in any more.',
  references: [cisDocker('5.29'), dockerDocs('reference/cli/docker/container/run/#pids-limit')],
  evaluate(subject, report) {
    judgeContainer(subject, report, ['HostConfig', 'PidsLimit'], (value) =>
      typeof value === 'number' && value > 0
        ? undefined
        : {
            severity: 'medium',
            seen: `\`PidsLimit\` is ${typeof value === 'number' ? value : 'not set'}: no limit`,
            message: `container \`${subject.container.name}\` may start any number of processes`,
            fix: limitWith(subject, {
              update: '--pids-limit 200',
              compose: '`pids_limit: 200`',
              choose: 'the number is an example; threads count too',
            }),
          },
    )
  },
  examples: {
    bad: containerWith({ HostConfig: { PidsLimit: null } }),
    good: containerWith(),
  },
})
