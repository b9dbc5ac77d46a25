import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'

export const daemonIpv6Ip6tables = defineCheck({
  id: 'daemon-ipv6-ip6tables',
  title: 'IPv6 of containers is not filtered',
  severity: 'low',
  because: 'containers are reached over IPv6 past all published ports',
  reach: 'unauthenticated',
  appliesTo: 'dockerd',
  why: 'With `ipv6` on and `ip6tables` off, addresses of containers are reachable on every port. Before 27.0 ip6tables was off by default.',
  references: [dockerDocs('engine/daemon/ipv6/')],
  evaluate(docker, report) {
    const ipv6 = docker.boolean('ipv6')
    if (!ipv6.known) return report.unknown(ipv6)
    if (!ipv6.value) return
    judgeSetting(docker, report, 'ip6tables', docker.boolean('ip6tables'), (value) =>
      value
        ? undefined
        : {
            message: 'the default bridge has IPv6 and no rules of ip6tables',
            fix: docker.change('ip6tables', true),
          },
    )
  },
  examples: {
    bad: dockerdWith(`{ "ipv6": true, "fixed-cidr-v6": "fd00:1::/64", "ip6tables": false }`),
    good: dockerdWith('{}'),
  },
})
