import { defineCheck } from '../define-check.js'
import { judgeSetting } from '../judge-setting.js'
import { dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'
import { parseDaemonHost } from '../../docker/index.js'

export const daemonMetricsAddr = defineCheck({
  id: 'daemon-metrics-addr',
  title: 'Metrics of dockerd are open to the network',
  severity: 'medium',
  because: 'names, counts and failures of containers are read by everyone who reaches the port',
  reach: 'unauthenticated',
  appliesTo: 'dockerd',
  why: 'The metrics address asks nobody for a credential.',
  references: [dockerDocs('engine/daemon/prometheus/')],
  evaluate(docker, report) {
    judgeSetting(docker, report, 'metrics-addr', docker.string('metrics-addr'), (value) => {
      if (value === '') return undefined
      const host = parseDaemonHost(value.startsWith(':') ? `0.0.0.0${value}` : value, { tls: false })
      if (host.kind !== 'tcp' || host.scope === 'loopback') return undefined
      const port = value.slice(value.lastIndexOf(':') + 1)
      return {
        message: `metrics are served on \`${value}\``,
        fix: docker.change('metrics-addr', `127.0.0.1:${port}`),
      }
    })
  },
  examples: {
    bad: dockerdWith(`{ "metrics-addr": "0.0.0.0:9323" }`),
    good: dockerdWith(`{ "metrics-addr": "127.0.0.1:9323" }`),
  },
})
