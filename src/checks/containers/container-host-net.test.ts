import { checkTests } from '../../../test/kit/check-tests.js'
import { containerHostNet } from './container-host-net.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerHostNet, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({ HostConfig: { NetworkMode: 'host' } }),
    expect: [{ result: 'fail', severity: 'medium', path: 'HostConfig.NetworkMode', fix: 'advice' }],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', { HostConfig: { NetworkMode: 'host' } }),
    expect: [{ result: 'fail', severity: 'medium', path: 'HostConfig.NetworkMode' }],
  },
  { name: 'a network of its own', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: 'no network',
    kind: 'passing',
    given: containerWith({ HostConfig: { NetworkMode: 'none' } }),
    expect: [],
  },
  {
    name: 'a stopped container',
    kind: 'odd',
    given: containerWith({
      HostConfig: { NetworkMode: 'host' },
      State: { Status: 'exited', Running: false },
    }),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({ name: 'k8s_web_web-0_shop_1', ...{ HostConfig: { NetworkMode: 'host' } } }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'its HostConfig was not seen',
    kind: 'unknown',
    given: containerOnHost('HostConfig'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
