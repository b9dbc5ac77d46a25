import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer } from './judge-container.js'
import { remake } from './remake.js'

export const containerWritableRootfs = defineCheck({
  id: 'container-writable-rootfs',
  title: 'A container may change its own programs',
  severity: 'low',
  because: 'it makes it easier to stay, once somebody is in',
  reach: 'host',
  appliesTo: 'container',
  why: 'With a writable root file system an attacker changes programs and settings inside and leaves tools there.',
  references: [cisDocker('5.13'), dockerDocs('reference/cli/docker/container/run/#read-only')],
  evaluate(subject, report) {
    judgeContainer(subject, report, ['HostConfig', 'ReadonlyRootfs'], (value) =>
      value === true
        ? undefined
        : {
            severity: 'low',
            seen: '`ReadonlyRootfs` is false',
            message: `the root file system of container \`${subject.container.name}\` is writable`,
            fix: remake(subject, {
              run: 'with `--read-only`, and `--tmpfs` or volumes for the folders that it writes to',
              compose: 'set `read_only: true`, and `tmpfs` for the folders that it writes to',
              breaks: 'programs that write where no volume is',
            }),
          },
    )
  },
  examples: {
    bad: containerWith({ HostConfig: { ReadonlyRootfs: false } }),
    good: containerWith(),
  },
})
