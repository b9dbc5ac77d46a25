import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer } from './judge-container.js'
import { remake } from './remake.js'

export const containerHostIpc = defineCheck({
  id: 'container-host-ipc',
  title: 'A container shares the memory segments of the host',
  severity: 'medium',
  because: 'shared memory and semaphores of programs of the host are open to it',
  reach: 'host',
  appliesTo: 'container',
  why: 'Databases and desktops keep data in shared memory. A container in the IPC namespace of the host reads and writes it.',
  references: [cisDocker('5.17'), dockerDocs('reference/cli/docker/container/run/#ipc')],
  evaluate(subject, report) {
    judgeContainer(subject, report, ['HostConfig', 'IpcMode'], (value) =>
      value === 'host'
        ? {
            severity: 'medium',
            seen: '`IpcMode` is `host`',
            message: `container \`${subject.container.name}\` shares the IPC namespace of the host`,
            fix: remake(subject, {
              run: 'without `--ipc host`; `--ipc container:NAME` lets two containers share',
              compose: 'take out `ipc: host`',
              breaks: 'programs that exchange data with the host by shared memory',
            }),
          }
        : undefined,
    )
  },
  examples: {
    bad: containerWith({ HostConfig: { IpcMode: 'host' } }),
    good: containerWith(),
  },
})
