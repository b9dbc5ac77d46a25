import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer } from './judge-container.js'
import { limitWith } from './limit-with.js'

export const containerNoMemoryLimit = defineCheck({
  id: 'container-no-memory-limit',
  title: 'A container may use all memory of the host',
  severity: 'medium',
  because: 'one leak or one attacker brings every container of the host to a stop',
  reach: 'host',
  appliesTo: 'container',
  why: 'Without a limit the kernel ends processes of the host and of other containers once one of them has taken the memory.',
  references: [cisDocker('5.11'), dockerDocs('engine/containers/resource_constraints/')],
  evaluate(subject, report) {
    judgeContainer(subject, report, ['HostConfig', 'Memory'], (value) =>
      typeof value === 'number' && value > 0
        ? undefined
        : {
            severity: 'medium',
            seen: '`Memory` is 0: no limit',
            message: `container \`${subject.container.name}\` has no memory limit`,
            fix: limitWith(subject, {
              update: '--memory 512m --memory-swap 512m',
              compose: '`mem_limit: 512m` (or `deploy.resources.limits.memory`)',
              choose: 'the size is an example: take what it uses at its busiest, and a reserve',
            }),
          },
    )
  },
  examples: {
    bad: containerWith({ HostConfig: { Memory: 0 } }),
    good: containerWith(),
  },
})
