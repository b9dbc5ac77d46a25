import { asStrings, type Severity } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer } from './judge-container.js'
import { remake } from './remake.js'

/** What Docker gives to every container. Source: moby v28.3.3 oci/caps/defaults.go. */
const DEFAULT =
  /^(?:CHOWN|DAC_OVERRIDE|FSETID|FOWNER|MKNOD|NET_RAW|SETGID|SETUID|SETFCAP|SETPCAP|NET_BIND_SERVICE|SYS_CHROOT|KILL|AUDIT_WRITE)$/

const CRITICAL = /^(?:ALL|SYS_ADMIN|SYS_MODULE|SYS_RAWIO)$/
const HIGH = /^(?:SYS_PTRACE|DAC_READ_SEARCH|BPF|PERFMON|NET_ADMIN|SYS_BOOT|SYS_TIME|MAC_ADMIN|MAC_OVERRIDE)$/

export const containerCapabilities = defineCheck({
  id: 'container-capabilities',
  title: 'A container has capabilities beyond those that Docker gives',
  severity: 'high',
  because: 'by its name: critical where it leads to root on the host, medium where it only weakens a barrier',
  reach: 'host',
  appliesTo: 'container',
  why: 'Capabilities are the pieces of the rights of root. SYS_ADMIN mounts, SYS_MODULE loads code into the kernel, DAC_READ_SEARCH opens any file of the host by its number.',
  references: [
    cisDocker('5.4'),
    dockerDocs('engine/containers/run/#runtime-privilege-and-linux-capabilities'),
  ],
  evaluate(subject, report) {
    // A privileged container has them all: that is the finding.
    if (subject.container.at(['HostConfig', 'Privileged']) === true) return
    judgeContainer(subject, report, ['HostConfig', 'CapAdd'], (value) =>
      asStrings(value).flatMap((written, index) => {
        const name = written.toUpperCase().replace(/^CAP_/, '')
        if (DEFAULT.test(name)) return []
        return {
          severity: severityOf(name),
          at: ['HostConfig', 'CapAdd', index],
          key: `HostConfig.CapAdd ${name}`,
          seen: `\`CapAdd\` holds \`${name}\``,
          message: `container \`${subject.container.name}\` has capability ${name}`,
          because: 'what this capability lets a process do to the host',
          fix: remake(subject, {
            run: `without \`--cap-add ${name}\``,
            compose: `take \`${name}\` out of \`cap_add\``,
            breaks: 'what the program does with it; try it in a copy first',
          }),
        }
      }),
    )
  },
  examples: {
    bad: containerWith({ HostConfig: { CapAdd: ['CAP_SYS_ADMIN'] } }),
    good: containerWith({ HostConfig: { CapAdd: ['CAP_NET_BIND_SERVICE'] } }),
  },
})

function severityOf(name: string): Severity {
  return CRITICAL.test(name) ? 'critical' : HIGH.test(name) ? 'high' : 'medium'
}
