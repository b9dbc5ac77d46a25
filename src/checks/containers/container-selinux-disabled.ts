import { asStrings } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer } from './judge-container.js'
import { remake } from './remake.js'

export const containerSelinuxDisabled = defineCheck({
  id: 'container-selinux-disabled',
  title: 'A container is not labelled for SELinux',
  severity: 'medium',
  because:
    'on hosts with SELinux it runs as spc_t, which may do what root may; without SELinux it has no effect',
  reach: 'host',
  appliesTo: 'container',
  why: '`label=disable` takes the label of containers away. What escapes from such a container is not stopped by the policy of the host.',
  references: [cisDocker('5.3'), dockerDocs('engine/containers/run/#security-configuration')],
  evaluate(subject, report) {
    if (subject.container.at(['HostConfig', 'Privileged']) === true) return
    judgeContainer(subject, report, ['HostConfig', 'SecurityOpt'], (value) =>
      asStrings(value).flatMap((option, index) =>
        /^label[=:](?:disable$|type:spc_t$)/.test(option)
          ? {
              severity: 'medium' as const,
              at: ['HostConfig', 'SecurityOpt', index],
              key: 'HostConfig.SecurityOpt label',
              seen: `\`SecurityOpt\` holds \`${option}\``,
              message: `SELinux does not confine container \`${subject.container.name}\``,
              fix: remake(subject, {
                run: `without \`--security-opt ${option}\`; volumes get their label by \`:z\` or \`:Z\``,
                compose: 'take the `label` option out of `security_opt`',
                breaks: 'access to folders of the host that carry other labels',
              }),
            }
          : [],
      ),
    )
  },
  examples: {
    bad: containerWith({ HostConfig: { SecurityOpt: ['label=disable'] } }),
    good: containerWith(),
  },
})
