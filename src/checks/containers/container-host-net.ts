import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer } from './judge-container.js'
import { remake } from './remake.js'

export const containerHostNet = defineCheck({
  id: 'container-host-net',
  title: 'A container uses the network of the host',
  severity: 'medium',
  because:
    'it reaches services that listen on the loopback address of the host, and every port that it opens is a port of the host',
  reach: 'host',
  appliesTo: 'container',
  why: 'In the network namespace of the host nothing stands between a container and what trusts the loopback address: databases, debug ports, agents. With NET_RAW it listens to the traffic of the host.',
  references: [cisDocker('5.10'), dockerDocs('engine/network/drivers/host/')],
  evaluate(subject, report) {
    judgeContainer(subject, report, ['HostConfig', 'NetworkMode'], (value) =>
      value === 'host'
        ? {
            severity: 'medium',
            seen: '`NetworkMode` is `host`',
            message: `container \`${subject.container.name}\` uses the network of the host`,
            fix: remake(subject, {
              run: 'without `--network host`, with `-p` for the ports that must be reached',
              compose: 'take out `network_mode: host`, and list the ports under `ports`',
              breaks: 'multicast, broadcast and programs that pick their ports',
            }),
          }
        : undefined,
    )
  },
  examples: {
    bad: containerWith({ HostConfig: { NetworkMode: 'host' } }),
    good: containerWith(),
  },
})
