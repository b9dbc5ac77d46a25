import { checkTests } from '../../../test/kit/check-tests.js'
import { containerPublishedAllInterfaces } from './container-published-all-interfaces.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerPublishedAllInterfaces, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({
      HostConfig: { PortBindings: { '5432/tcp': [{ HostIp: '', HostPort: '5432' }] } },
    }),
    expect: [
      { result: 'fail', severity: 'high', path: 'HostConfig.PortBindings 5432/tcp 5432', fix: 'advice' },
    ],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', {
      HostConfig: { PortBindings: { '5432/tcp': [{ HostIp: '', HostPort: '5432' }] } },
    }),
    expect: [{ result: 'fail', severity: 'high', path: 'HostConfig.PortBindings 5432/tcp 5432' }],
  },
  {
    name: 'the loopback address',
    kind: 'passing',
    given: containerWith({
      HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '80' }] } },
    }),
    expect: [],
  },
  {
    name: 'nothing published',
    kind: 'passing',
    given: containerWith({ HostConfig: { PortBindings: null } }),
    expect: [],
  },
  {
    name: 'a web server',
    kind: 'odd',
    given: containerWith({
      HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '8080' }] } },
    }),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'every address of IPv6',
    kind: 'odd',
    given: containerWith({
      HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '::', HostPort: '8080' }] } },
    }),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'all exposed ports',
    kind: 'odd',
    given: containerWith({ HostConfig: { PublishAllPorts: true } }),
    expect: [{ result: 'fail', path: 'HostConfig.PublishAllPorts' }],
  },
  {
    name: 'the host network publishes nothing: that is said elsewhere',
    kind: 'odd',
    given: containerWith({
      HostConfig: { NetworkMode: 'host', PortBindings: { '80/tcp': [{ HostPort: '80' }] } },
    }),
    expect: [],
  },
  {
    name: 'bindings of a wrong type',
    kind: 'odd',
    given: containerWith({ HostConfig: { PortBindings: ['80'] } }),
    expect: [],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({
      name: 'k8s_web_web-0_shop_1',
      ...{ HostConfig: { PortBindings: { '5432/tcp': [{ HostIp: '', HostPort: '5432' }] } } },
    }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'its HostConfig was not seen',
    kind: 'unknown',
    given: containerOnHost('HostConfig'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
