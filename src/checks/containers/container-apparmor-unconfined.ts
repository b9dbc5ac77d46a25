import { asStrings } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer } from './judge-container.js'
import { remake } from './remake.js'

export const containerApparmorUnconfined = defineCheck({
  id: 'container-apparmor-unconfined',
  title: 'A container is not confined by AppArmor',
  severity: 'medium',
  because: 'one barrier less between its root and /proc, /sys and mounts of the host',
  reach: 'host',
  appliesTo: 'container',
  why: 'The profile `docker-default` keeps containers from writing to sensitive places of /proc and /sys and from mounting. `apparmor=unconfined` switches it off for one container.',
  references: [cisDocker('5.2'), dockerDocs('engine/security/apparmor/')],
  evaluate(subject, report) {
    if (subject.container.at(['HostConfig', 'Privileged']) === true) return
    judgeContainer(subject, report, ['HostConfig', 'SecurityOpt'], (value) =>
      asStrings(value).flatMap((option, index) =>
        /^apparmor[=:]unconfined$/.test(option)
          ? {
              severity: 'medium' as const,
              at: ['HostConfig', 'SecurityOpt', index],
              key: 'HostConfig.SecurityOpt apparmor',
              seen: `\`SecurityOpt\` holds \`${option}\``,
              message: `AppArmor does not confine container \`${subject.container.name}\``,
              fix: remake(subject, {
                run: 'without `--security-opt apparmor=unconfined`',
                compose: 'take `apparmor:unconfined` out of `security_opt`',
                breaks: 'mounts that the container makes',
              }),
            }
          : [],
      ),
    )
  },
  examples: {
    bad: containerWith({ HostConfig: { SecurityOpt: ['apparmor=unconfined'] } }),
    good: containerWith(),
  },
})
