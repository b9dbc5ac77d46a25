import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'
import { settingEvidence } from '../judge-setting.js'
import { tcpSockets } from './tcp-exposure.js'

export const daemonAuthorizationPlugin = defineCheck({
  id: 'daemon-authorization-plugin',
  title: 'Everyone who may use the Docker API may do everything',
  severity: 'low',
  because: 'high where several people use it over TCP: none of them can be held to less than root',
  reach: 'user',
  appliesTo: 'dockerd',
  why: 'Docker has no roles. An authorization plugin sees who calls, by client certificate, and can say no.',
  references: [cisDocker('2.12'), dockerDocs('engine/extend/plugins_authorization/')],
  evaluate(docker, report) {
    const plugins = docker.strings('authorization-plugins')
    if (!plugins.known) return report.unknown(plugins)
    if (plugins.value.length > 0) return
    const remote = tcpSockets(docker).some(({ scope }) => scope !== 'loopback')
    const people = Math.max(
      0,
      ...[...(docker.machine?.groups.values() ?? [])]
        .filter(({ name }) => name === 'docker')
        .map(({ members }) => members.length),
    )
    report.fail(settingEvidence(docker, 'authorization-plugins', plugins.origin), {
      message: 'no plugin decides who may do what',
      ...(remote && people > 1
        ? {
            severity: 'high' as const,
            because: `the API is open over TCP and ${people} people are in group docker`,
          }
        : {}),
      fix: advice(
        'Name a plugin in `authorization-plugins` once it is installed and its policy is written, or give people SSH access to accounts of their own instead of the API.',
        { breaks: 'every call is refused while the plugin does not answer' },
      ),
    })
  },
  examples: {
    bad: dockerdWith('{}'),
    good: dockerdWith(`{ "authorization-plugins": ["opa"] }`),
  },
})
