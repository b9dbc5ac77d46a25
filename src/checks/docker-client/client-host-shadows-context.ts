import { asString } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { dockerDocs } from '../references.js'
import { clientWith } from './example-client.js'

export const clientHostShadowsContext = defineCheck({
  id: 'client-host-shadows-context',
  title: 'DOCKER_HOST beats the context that the user chose',
  severity: 'low',
  because: 'commands go to another daemon than the one that the user believes',
  reach: 'host',
  appliesTo: 'docker-client',
  why: 'With DOCKER_HOST the chosen context has no effect, and only `docker context ls` says so. What was meant for a test host is done to another one, and without the TLS settings of the context.',
  references: [
    dockerDocs('engine/manage-resources/contexts/'),
    'https://github.com/docker/cli/blob/v28.3.3/cli/command/cli.go',
  ],
  evaluate({ client }, report) {
    const host = client.variable('DOCKER_HOST')
    const named = client.variable('DOCKER_CONTEXT')
    const current =
      client.config?.known === true ? (asString(client.config.value['currentContext']) ?? '') : ''
    const chosen = named.known && named.value !== '' ? named.value : current
    if (chosen === '' || chosen === 'default') {
      if (!named.known && host.known && host.value !== '') report.unknown(named)
      return
    }
    if (!host.known) return report.unknown(host)
    if (host.value === '') return
    report.fail(
      { origin: host.origin, message: `\`DOCKER_HOST\` is \`${host.value}\`` },
      {
        message: `docker of ${client.user} uses \`${host.value}\`, not context \`${chosen}\``,
        fix: advice(
          'Take `DOCKER_HOST` out and make a context of its address, or take the choice of a context back (`docker context use default`).',
          { breaks: 'commands that are meant for the address of DOCKER_HOST' },
        ),
      },
    )
  },
  examples: {
    bad: clientWith({
      '.docker/config.json': '{ "currentContext": "test" }',
      '.profile': 'export DOCKER_HOST=ssh://ops@prod\n',
    }),
    good: clientWith({ '.docker/config.json': '{ "currentContext": "test" }' }),
  },
})
