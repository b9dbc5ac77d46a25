import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer } from './judge-container.js'
import { remake } from './remake.js'

export const containerHostUts = defineCheck({
  id: 'container-host-uts',
  title: 'A container may change the name of the host',
  severity: 'medium',
  because: 'with SYS_ADMIN it renames the host; without, it only learns its name',
  reach: 'host',
  appliesTo: 'container',
  why: 'The UTS namespace holds the names of host and domain. Logs and licences go by them.',
  references: [cisDocker('5.21'), dockerDocs('reference/cli/docker/container/run/#uts')],
  evaluate(subject, report) {
    judgeContainer(subject, report, ['HostConfig', 'UTSMode'], (value) =>
      value === 'host'
        ? {
            severity: 'medium',
            seen: '`UTSMode` is `host`',
            message: `container \`${subject.container.name}\` shares the UTS namespace of the host`,
            fix: remake(subject, {
              run: 'without `--uts host`',
              compose: 'take out `uts: host`',
              breaks: 'programs that want to know the name of the host',
            }),
          }
        : undefined,
    )
  },
  examples: {
    bad: containerWith({ HostConfig: { UTSMode: 'host' } }),
    good: containerWith(),
  },
})
