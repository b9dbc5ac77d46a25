import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer } from './judge-container.js'
import { remake } from './remake.js'

export const containerHostPid = defineCheck({
  id: 'container-host-pid',
  title: 'A container sees and reaches the processes of the host',
  severity: 'high',
  because:
    'root in it reads the environment of every process of the host and may end them; critical together with SYS_PTRACE, which is a finding of its own',
  reach: 'host',
  appliesTo: 'container',
  why: 'In the process namespace of the host a container sees all processes, their arguments and, as root, their environment with its secrets and their files under `/proc/PID/root`.',
  references: [cisDocker('5.16'), dockerDocs('reference/cli/docker/container/run/#pid')],
  evaluate(subject, report) {
    judgeContainer(subject, report, ['HostConfig', 'PidMode'], (value) =>
      value === 'host'
        ? {
            severity: 'high',
            seen: '`PidMode` is `host`',
            message: `container \`${subject.container.name}\` runs in the process namespace of the host`,
            fix: remake(subject, {
              run: 'without `--pid host`',
              compose: 'take out `pid: host`',
              breaks: 'monitoring and debugging that looks at processes of the host',
            }),
          }
        : undefined,
    )
  },
  examples: {
    bad: containerWith({ HostConfig: { PidMode: 'host' } }),
    good: containerWith(),
  },
})
