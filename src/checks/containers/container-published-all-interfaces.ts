import { asList, asObject, asString, field, type Severity } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { cisDocker, dockerDocs } from '../references.js'
import { containerWith } from './example-container.js'
import { judgeContainer, type ContainerFault } from './judge-container.js'
import { remake } from './remake.js'

/** Ports of databases and of control interfaces: whoever reaches them often needs nothing more. */
const SENSITIVE: Readonly<Record<string, string>> = {
  '1433': 'SQL Server',
  '1521': 'Oracle',
  '2375': 'the Docker API without TLS',
  '2376': 'the Docker API',
  '2379': 'etcd',
  '2380': 'etcd',
  '3306': 'MySQL',
  '5432': 'PostgreSQL',
  '5984': 'CouchDB',
  '6379': 'Redis',
  '6443': 'the Kubernetes API',
  '7000': 'Cassandra',
  '8086': 'InfluxDB',
  '9042': 'Cassandra',
  '9200': 'Elasticsearch',
  '9300': 'Elasticsearch',
  '10250': 'the kubelet',
  '11211': 'memcached',
  '27017': 'MongoDB',
}

export const containerPublishedAllInterfaces = defineCheck({
  id: 'container-published-all-interfaces',
  title: 'A port of a container is open on every address of the host',
  severity: 'medium',
  because:
    'every network of the host reaches it, past the rules of ufw and firewalld; high for databases and control ports',
  reach: 'unauthenticated',
  appliesTo: 'container',
  why: '`-p 8080:80` listens on all addresses, and Docker lets the traffic in before the firewall rules of the host are asked.',
  references: [cisDocker('5.14'), dockerDocs('engine/network/port-publishing/')],
  evaluate(subject, report) {
    const { container } = subject
    // Without an own network nothing is published.
    const mode = asString(container.at(['HostConfig', 'NetworkMode'])) ?? ''
    if (mode === 'host' || mode === 'none' || mode.startsWith('container:')) {
      if (container.managedBy !== undefined) report.notApplicable(container.managedBy)
      return
    }
    judgeContainer(subject, report, ['HostConfig', 'PortBindings'], (bindings) => {
      const faults = Object.entries(asObject(bindings)).flatMap(([port, list]) =>
        asList(list).flatMap((binding, index) =>
          faultOf(
            port,
            asString(field(binding, 'HostIp')) ?? '',
            asString(field(binding, 'HostPort')) ?? '',
            index,
          ),
        ),
      )
      if (container.at(['HostConfig', 'PublishAllPorts']) !== true) return faults
      return [...faults, allPorts()]
    })

    function faultOf(port: string, address: string, hostPort: string, index: number): ContainerFault[] {
      if (!/^(?:|0\.0\.0\.0|::|\[::\])$/.test(address)) return []
      const number = port.split('/', 1)[0] ?? ''
      const service = SENSITIVE[number]
      const severity: Severity = service === undefined ? 'medium' : 'high'
      const shown = hostPort === '' ? 'a free port' : `port ${hostPort}`
      return [
        {
          severity,
          ...(service === undefined ? {} : { because: `it is the port of ${service}` }),
          at: ['HostConfig', 'PortBindings', port, index],
          key: `HostConfig.PortBindings ${port} ${hostPort}`,
          seen: `${shown} of every address leads to \`${port}\``,
          message: `${shown} of every address of the host leads to \`${port}\` of container \`${container.name}\``,
          fix: remake(subject, {
            run: `with \`-p 127.0.0.1:${hostPort === '' ? number : hostPort}:${number}\`, or the address of one network in its place`,
            compose: `write the port as \`"127.0.0.1:${hostPort === '' ? number : hostPort}:${number}"\`; containers of one network need no published port`,
            breaks: 'clients on other machines',
          }),
        },
      ]
    }

    function allPorts(): ContainerFault {
      return {
        severity: 'medium',
        at: ['HostConfig', 'PublishAllPorts'],
        seen: '`PublishAllPorts` is true',
        message: `every exposed port of container \`${container.name}\` is published on every address`,
        fix: remake(subject, {
          run: 'without `-P`, with `-p 127.0.0.1:PORT:PORT` for the ports that are needed',
          compose: 'list the ports that are needed under `ports`, each with an address',
          breaks: 'clients on other machines',
        }),
      }
    }
  },
  examples: {
    bad: containerWith({ HostConfig: { PortBindings: { '5432/tcp': [{ HostIp: '', HostPort: '5432' }] } } }),
    good: containerWith({
      HostConfig: { PortBindings: { '5432/tcp': [{ HostIp: '127.0.0.1', HostPort: '5432' }] } },
    }),
  },
})
