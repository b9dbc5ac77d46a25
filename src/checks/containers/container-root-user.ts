import { asString } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { isRootless, judgeContainer, securityOptions } from './judge-container.js'
import { remake } from './remake.js'

export const containerRootUser = defineCheck({
  id: 'container-root-user',
  title: 'A container runs as root',
  severity: 'medium',
  because:
    'root in it is root on the host wherever one barrier fails; info where users are remapped or the daemon has no root',
  reach: 'host',
  appliesTo: 'container',
  why: 'A container without a user runs as root. It has the default capabilities, writes to whatever is mounted, and is root of the host once it gets out.',
  references: [cisDocker('4.1'), dockerDocs('engine/security/')],
  evaluate(subject, report) {
    const { daemon, dockerd, container } = subject
    const remap = dockerd?.string('userns-remap')
    const remapped =
      container.at(['HostConfig', 'UsernsMode']) !== 'host' &&
      (securityOptions(daemon?.content).includes('userns') || (remap?.known === true && remap.value !== ''))
    const harmless = remapped || isRootless(subject)
    judgeContainer(subject, report, ['Config', 'User'], (value) => {
      const user = (asString(value) ?? '').split(':', 1)[0] ?? ''
      if (!/^(?:|root|0+)$/.test(user)) return undefined
      return {
        severity: harmless ? 'info' : 'medium',
        ...(harmless ? { because: 'root of this container is a user without rights on the host' } : {}),
        seen: user === '' ? '`User` is empty: root' : `\`User\` is \`${user}\``,
        message: `container \`${container.name}\` runs as root`,
        fix: remake(subject, {
          run: 'with `--user 1000:1000`, or from an image whose Dockerfile has a `USER`',
          compose: 'set `user: "1000:1000"`',
          breaks: 'ports below 1024 (not with Docker 20.10 and newer), and files that belong to root',
        }),
      }
    })
  },
  examples: {
    bad: containerWith({ Config: { User: '' } }),
    good: containerWith(),
  },
})
