import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'

export const daemonIptablesOff = defineCheck({
  id: 'daemon-iptables-off',
  title: 'dockerd makes no firewall rules',
  severity: 'medium',
  because: 'published ports and networks are not kept apart by anything that Docker does',
  reach: 'pod',
  appliesTo: 'dockerd',
  why: 'With `iptables: false` networks are not isolated, and what keeps containers apart is left to rules made by hand.',
  references: [cisDocker('2.4'), dockerDocs('engine/network/packet-filtering-firewalls/')],
  evaluate(docker, report) {
    judgeSetting(docker, report, 'iptables', docker.boolean('iptables'), (value) =>
      !value
        ? {
            message: 'networks of containers are not kept apart by firewall rules',
            fix: docker.change('iptables', true),
          }
        : undefined,
    )
  },
  examples: {
    bad: dockerdWith('{ "iptables": false }'),
    good: dockerdWith('{ "iptables": true }'),
  },
})
