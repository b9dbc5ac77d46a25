import { asString, field, unknown, type JsonValue, type Origin } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from '../docker/example-dockerd.js'

/** Written when a host joins a swarm. Source: moby v28.3.3 daemon/cluster/cluster.go, stateFile. */
const STATE = '/var/lib/docker/swarm/docker-state.json'

export const swarmListenAll = defineCheck({
  id: 'swarm-listen-all',
  title: 'The control port of the swarm is open on every address of the host',
  severity: 'medium',
  because: 'every network of the host reaches it; it asks for a certificate of the swarm or a join token',
  reach: 'unauthenticated',
  appliesTo: 'dockerd',
  why: 'Managers listen on port 2377, on all addresses unless `--listen-addr` names one. Whoever has a join token, and who finds a fault in that server, needs only to reach it.',
  references: [cisDocker('7.2'), dockerDocs('reference/cli/docker/swarm/init/#listen-addr')],
  evaluate({ machine: host, rootless }, report) {
    // Source: moby v28.3.3 daemon/cluster/cluster.go: a daemon without root joins no swarm.
    if (rootless) return report.notApplicable('a daemon without root is in no swarm')
    if (host === undefined) return
    const file = host.files.get(STATE)
    if (file === undefined) {
      if (host.files.has('/var/lib/docker') && !host.files.has('/var/lib/docker/swarm')) {
        return report.notApplicable('this daemon is in no swarm')
      }
      return report.unknown(
        unknown('no-source', `\`${STATE}\` was not seen: whether this daemon is in a swarm is not known`),
      )
    }
    const origin: Origin = { kind: 'file', host: host.name, file: STATE, line: 1, path: ['ListenAddr'] }
    const state = parsed(file.text)
    if (state === undefined) {
      const reason = file.text === undefined ? 'unreadable' : 'unparsable'
      return report.unknown(unknown(reason, `\`${STATE}\` cannot be read`, origin))
    }
    const address = asString(field(state, 'ListenAddr')) ?? ''
    // Source: moby v28.3.3 daemon/cluster/swarm.go, Init: an empty address is 0.0.0.0:2377.
    if (address !== '' && !/^(?:0\.0\.0\.0|\[::\])(?::\d+)?$|^:\d+$/.test(address)) return
    report.fail(
      { origin, message: `\`ListenAddr\` is \`${address === '' ? '0.0.0.0:2377, the default' : address}\`` },
      {
        message: 'port 2377 of the swarm is open on every address of the host',
        fix: advice(
          'Let the firewall of the host open 2377/tcp (and 7946, 4789) to the other nodes alone. The address itself is set when a node joins: `docker swarm leave`, then `docker swarm join --listen-addr ADDRESS:2377 ...`, one manager at a time.',
          { breaks: 'the swarm, if more than half of its managers are away at once' },
        ),
      },
    )
  },
  examples: {
    bad: dockerdWith('', '', { [STATE]: '{"ListenAddr":"0.0.0.0:2377"}' }),
    good: dockerdWith('', '', { [STATE]: '{"ListenAddr":"10.0.0.5:2377"}' }),
  },
})

function parsed(text: string | undefined): JsonValue | undefined {
  try {
    const value: unknown = text === undefined ? undefined : JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as JsonValue) : undefined
  } catch {
    return undefined
  }
}
