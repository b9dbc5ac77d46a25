import { posix } from 'node:path'
import { SEVERITIES, asString, type Severity } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { dangerOf, isPublicPath } from '../pods/host-path-danger.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { hostMounts, type HostMount } from './host-mounts.js'
import { judgeContainer } from './judge-container.js'
import { remake } from './remake.js'

export const containerSensitiveMounts = defineCheck({
  id: 'container-sensitive-mounts',
  title: 'A container sees folders of the host that decide about it',
  severity: 'high',
  because:
    'by path: critical for the whole host to write, one step lower where it is read-only without secrets, or read by a user without rights',
  reach: 'host',
  appliesTo: 'container',
  why: 'Who writes to /etc, /usr or /boot of the host is root there at the next login, job or start. Reading is enough where keys and password hashes are.',
  references: [cisDocker('5.6'), dockerDocs('engine/storage/bind-mounts/')],
  evaluate(subject, report) {
    const user = asString(subject.container.at(['Config', 'User'])) ?? ''
    const root = /^(?:|root|0+)(?::|$)/.test(user)
    judgeContainer(subject, report, ['Mounts'], (mounts) =>
      hostMounts(mounts).flatMap((mount) => {
        const danger = dangerOf(mount.source)
        if (danger?.kind !== 'system') return []
        if (!mount.writable && isPublicPath(mount.source)) return []
        const { destination, source, writable, index } = mount
        const what = danger.what.replaceAll('node', 'host')
        return {
          severity: severityOf(mount, danger.secret, root),
          because: writable ? `whoever is in it changes ${what}` : `whoever is in it reads ${what}`,
          at: ['Mounts', index, 'Source'],
          key: `Mounts ${destination}`,
          seen: `\`${source}\` is mounted at \`${destination}\`, ${writable ? 'writable' : 'read-only'}`,
          message: `container \`${subject.container.name}\` ${writable ? 'writes to' : 'reads'} \`${source}\`: ${what}`,
          fix: remake(subject, {
            run: writable
              ? `with \`${source}\` read-only (\`:ro\`), or better with only the files of it that it needs`
              : `with only the files of \`${source}\` that it needs`,
            compose: writable
              ? `write \`:ro\` behind the volume, or name only the files that it needs`
              : 'name only the files that it needs under `volumes`',
            breaks: 'agents that read or change the host',
          }),
        }
      }),
    )
  },
  examples: {
    bad: containerWith({ Mounts: [{ Type: 'bind', Source: '/etc', Destination: '/host-etc', RW: true }] }),
    good: containerWith({
      Mounts: [{ Type: 'bind', Source: '/etc/localtime', Destination: '/etc/localtime', RW: false }],
    }),
  },
})

/** High; the whole host to write is critical. Each reason to believe that less can be done is one step. */
function severityOf({ source, writable }: HostMount, secret: boolean, root: boolean): Severity {
  const worst: Severity = posix.resolve('/', source) === '/' && writable ? 'critical' : 'high'
  const steps = (!writable && !secret ? 1 : 0) + (!writable && !root ? 1 : 0)
  return SEVERITIES[Math.min(SEVERITIES.indexOf(worst) + steps, SEVERITIES.length - 1)] ?? worst
}
