import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { dockerDocs } from '../references.js'
import { dockerdOfVersion } from './example-dockerd.js'
import { versionNumbers } from '../../docker/index.js'

export const daemonAllowDirectRouting = defineCheck({
  id: 'daemon-allow-direct-routing',
  title: 'Ports of containers are open to other machines by their own addresses',
  severity: 'medium',
  because: 'ports published on loopback alone are reached from the network',
  reach: 'unauthenticated',
  appliesTo: 'dockerd',
  why: 'Since 28.0 dockerd drops packets from outside that are sent to the address of a container directly. This switch lets them in again.',
  references: [dockerDocs('engine/network/packet-filtering-firewalls/')],
  evaluate(docker, report) {
    const major = docker.version.known ? versionNumbers(docker.version.value)?.[0] : undefined
    if (major !== undefined && major < 28)
      return report.notApplicable('releases before 28.0 have no such switch')
    judgeSetting(docker, report, 'allow-direct-routing', docker.boolean('allow-direct-routing'), (value) =>
      value
        ? {
            message: 'packets from outside reach addresses of containers',
            fix: docker.change('allow-direct-routing', false),
          }
        : undefined,
    )
  },
  examples: {
    bad: dockerdOfVersion('28.3.3', `{ "allow-direct-routing": true }`),
    good: dockerdOfVersion('28.3.3'),
  },
})
