import { asString, asStrings } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer, securityOptions } from './judge-container.js'
import { remake } from './remake.js'

export const containerNoNewPrivileges = defineCheck({
  id: 'container-no-new-privileges',
  title: 'Programs of a container may gain rights by set-user-id files',
  severity: 'medium',
  because: 'a user in the container becomes root in it by one setuid program; low where it is root already',
  reach: 'host',
  appliesTo: 'container',
  why: '`no-new-privileges` keeps `su`, `sudo` and every other set-user-id program from giving more rights than their caller has.',
  references: [cisDocker('5.26'), dockerDocs('reference/cli/docker/container/run/#security-opt')],
  evaluate(subject, report) {
    const { daemon, dockerd, container } = subject
    if (container.at(['HostConfig', 'Privileged']) === true) return
    const byDaemon = dockerd?.boolean('no-new-privileges')
    const always =
      securityOptions(daemon?.content).includes('no-new-privileges') ||
      (byDaemon?.known === true && byDaemon.value)
    judgeContainer(subject, report, ['HostConfig', 'SecurityOpt'], (value) => {
      const options = asStrings(value)
      const index = options.findLastIndex((option) => option.startsWith('no-new-privileges'))
      const option = index < 0 ? undefined : options[index]
      // Source: moby v28.3.3 daemon/daemon_unix.go, parseSecurityOpt: without a value it is on.
      const on = option === undefined ? always : !/[=:](?:false|0|f|F|FALSE|False)$/.test(option)
      if (on) return undefined
      const root = /^(?:|root|0+)(?::|$)/.test(asString(container.at(['Config', 'User'])) ?? '')
      return {
        severity: root ? 'low' : 'medium',
        ...(root ? { because: 'its programs are root already' } : {}),
        seen:
          option === undefined
            ? '`SecurityOpt` has no `no-new-privileges`'
            : `\`SecurityOpt\` holds \`${option}\``,
        ...(index < 0 ? {} : { at: ['HostConfig', 'SecurityOpt', index] }),
        key: 'HostConfig.SecurityOpt no-new-privileges',
        message: `programs of container \`${container.name}\` may gain rights`,
        fix: remake(subject, {
          run: 'with `--security-opt no-new-privileges`',
          compose: 'add `no-new-privileges:true` to `security_opt`',
          breaks: '`su`, `sudo`, `ping` and others that are set-user-id',
        }),
      }
    })
  },
  examples: {
    bad: containerWith({ HostConfig: { SecurityOpt: null } }),
    good: containerWith(),
  },
})
