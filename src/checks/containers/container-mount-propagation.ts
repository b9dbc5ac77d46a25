import { asList, asString, field } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer } from './judge-container.js'
import { remake } from './remake.js'

export const containerMountPropagation = defineCheck({
  id: 'container-mount-propagation',
  title: 'What a container mounts appears on the host',
  severity: 'medium',
  because: 'a mount over a program of the host would be seen by the host; it takes SYS_ADMIN to make one',
  reach: 'host',
  appliesTo: 'container',
  why: 'Of a folder that is mounted `shared`, mounts made inside appear on the host and in other containers. A taken container with SYS_ADMIN changes what others see there.',
  references: [cisDocker('5.20'), dockerDocs('engine/storage/bind-mounts/#configure-bind-propagation')],
  evaluate(subject, report) {
    judgeContainer(subject, report, ['Mounts'], (mounts) =>
      asList(mounts).flatMap((mount, index) => {
        const mode = asString(field(mount, 'Propagation')) ?? ''
        if (!/^r?shared$/.test(mode)) return []
        const destination = asString(field(mount, 'Destination')) ?? ''
        return {
          severity: 'medium' as const,
          at: ['Mounts', index, 'Propagation'],
          key: `Mounts ${destination}`,
          seen: `\`${destination}\` is mounted \`${mode}\``,
          message: `mounts that container \`${subject.container.name}\` makes under \`${destination}\` appear on the host`,
          fix: remake(subject, {
            run: `with \`rslave\` or nothing in place of \`${mode}\` at the mount of \`${destination}\``,
            compose: `take \`${mode}\` out of the volume (\`bind.propagation\`)`,
            breaks: 'storage plug-ins, which mount for others',
          }),
        }
      }),
    )
  },
  examples: {
    bad: containerWith({
      Mounts: [{ Type: 'bind', Source: '/srv/data', Destination: '/data', RW: true, Propagation: 'shared' }],
    }),
    good: containerWith({
      Mounts: [
        { Type: 'bind', Source: '/srv/data', Destination: '/data', RW: true, Propagation: 'rprivate' },
      ],
    }),
  },
})
