import { defineCheck } from '../define-check.js'
import { dangerOf } from '../pods/host-path-danger.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { hostMounts } from './host-mounts.js'
import { judgeContainer } from './judge-container.js'
import { remake } from './remake.js'

export const containerDockerSocket = defineCheck({
  id: 'container-docker-socket',
  title: 'A container holds the socket of its own runtime',
  severity: 'critical',
  because:
    'one request to that socket starts a privileged container with the disk of the host; `:ro` does not help',
  reach: 'host',
  appliesTo: 'container',
  why: 'Whoever gets into the container asks the daemon for another one, with every right. A mount that is read-only keeps the socket from being deleted, not from being used.',
  references: [cisDocker('5.32'), dockerDocs('engine/security/#docker-daemon-attack-surface')],
  evaluate(subject, report) {
    judgeContainer(subject, report, ['Mounts'], (mounts) =>
      hostMounts(mounts).flatMap(({ index, source, destination }) => {
        if (dangerOf(source)?.kind !== 'socket') return []
        return {
          severity: 'critical' as const,
          at: ['Mounts', index, 'Source'],
          key: `Mounts ${destination}`,
          seen: `\`${source}\` is mounted at \`${destination}\``,
          message: `container \`${subject.container.name}\` reaches the runtime of the host through \`${source}\``,
          fix: remake(subject, {
            run: `without \`${source}\`; where a program has to see containers, give it a proxy that lets only its requests through, or an API with TLS and an authorization plug-in`,
            compose: `take \`${source}\` out of \`volumes\``,
            breaks: 'programs that list, start or update containers',
          }),
        }
      }),
    )
  },
  examples: {
    bad: containerWith({
      Mounts: [
        { Type: 'bind', Source: '/var/run/docker.sock', Destination: '/var/run/docker.sock', RW: false },
      ],
    }),
    good: containerWith({ Mounts: [{ Type: 'bind', Source: '/srv/data', Destination: '/data', RW: true }] }),
  },
})
