import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer, securityOptions } from './judge-container.js'
import { remake } from './remake.js'

export const containerUsernsHost = defineCheck({
  id: 'container-userns-host',
  title: 'A container opts out of the user namespace of its daemon',
  severity: 'medium',
  because: 'root in it is root on the host again, which `userns-remap` is there to prevent',
  reach: 'host',
  appliesTo: 'container',
  why: 'A daemon with `userns-remap` maps root of its containers to a user without rights. `--userns=host` takes one container out of that.',
  references: [
    cisDocker('5.31'),
    dockerDocs('engine/security/userns-remap/#disable-namespace-remapping-for-a-container'),
  ],
  evaluate(subject, report) {
    const { daemon, dockerd } = subject
    const remap = dockerd?.string('userns-remap')
    const remaps =
      securityOptions(daemon?.content).includes('userns') || (remap?.known === true && remap.value !== '')
    judgeContainer(subject, report, ['HostConfig', 'UsernsMode'], (value) => {
      if (value !== 'host') return undefined
      // A privileged container of such a daemon has no other choice: that it is privileged is the finding.
      if (subject.container.at(['HostConfig', 'Privileged']) === true) return undefined
      return {
        severity: remaps ? 'medium' : 'low',
        ...(remaps
          ? {}
          : { because: 'its daemon was not seen to remap users: the option has no effect until it does' }),
        seen: '`UsernsMode` is `host`',
        message: `container \`${subject.container.name}\` keeps the users of the host`,
        fix: remake(subject, {
          run: 'without `--userns=host`',
          compose: 'take out `userns_mode: host`',
          breaks: 'owners of files on its volumes, which are then those of the mapped users',
        }),
      }
    })
  },
  examples: {
    bad: containerWith({ HostConfig: { UsernsMode: 'host' } }),
    good: containerWith(),
  },
})
