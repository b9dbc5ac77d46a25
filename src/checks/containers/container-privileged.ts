import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer } from './judge-container.js'
import { remake } from './remake.js'

export const containerPrivileged = defineCheck({
  id: 'container-privileged',
  title: 'A container is privileged: it is root of the host',
  severity: 'critical',
  because: 'every device, every capability and no seccomp: one mount is enough to own the host',
  reach: 'host',
  appliesTo: 'container',
  why: '`--privileged` takes away what keeps a container apart from the host. Whoever gets into it mounts the disk of the host and is root there.',
  references: [
    cisDocker('5.5'),
    dockerDocs('engine/containers/run/#runtime-privilege-and-linux-capabilities'),
  ],
  evaluate(subject, report) {
    judgeContainer(subject, report, ['HostConfig', 'Privileged'], (value) =>
      value === true
        ? {
            severity: 'critical',
            seen: '`Privileged` is true',
            message: `container \`${subject.container.name}\` is privileged`,
            fix: remake(subject, {
              run: 'without `--privileged`, with `--cap-add` and `--device` for the few things that it needs',
              compose: 'take out `privileged: true`, and name what it needs under `cap_add` and `devices`',
              breaks: 'whatever the container does with devices, mounts or the kernel',
            }),
          }
        : undefined,
    )
  },
  examples: {
    bad: containerWith({ HostConfig: { Privileged: true } }),
    good: containerWith(),
  },
})
