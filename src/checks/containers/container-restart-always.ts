import { asString, field } from '../../model/index.js'
import { shellWord } from '../../kube/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer } from './judge-container.js'

export const containerRestartAlways = defineCheck({
  id: 'container-restart-always',
  title: 'A container that fails is started again without end',
  severity: 'info',
  because:
    'it hides that a program crashes, which may be an attack in progress; many services want just this',
  reach: 'host',
  appliesTo: 'container',
  why: 'With `always` and `unless-stopped` a program that is broken or attacked starts again for ever and nobody notices.',
  references: [cisDocker('5.15'), dockerDocs('engine/containers/start-containers-automatically/')],
  evaluate(subject, report) {
    const { container } = subject
    judgeContainer(subject, report, ['HostConfig', 'RestartPolicy'], (value) => {
      const policy = asString(field(value, 'Name')) ?? ''
      if (policy !== 'always' && policy !== 'unless-stopped') return undefined
      return {
        severity: 'info',
        at: ['HostConfig', 'RestartPolicy', 'Name'],
        seen: `the restart policy is \`${policy}\``,
        message: `container \`${container.name}\` is started again without end`,
        fix: advice(
          `\`docker update --restart on-failure:5 ${shellWord(container.name)}\`, and \`restart: on-failure:5\` in its Compose file. Keep \`${policy}\` where an alert counts restarts.`,
          { breaks: 'the start of the container after a reboot of the host' },
        ),
      }
    })
  },
  examples: {
    bad: containerWith({ HostConfig: { RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } } }),
    good: containerWith(),
  },
})
