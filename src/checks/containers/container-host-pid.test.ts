import { checkTests } from '../../../test/kit/check-tests.js'
import { containerHostPid } from './container-host-pid.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerHostPid, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({ HostConfig: { PidMode: 'host' } }),
    expect: [{ result: 'fail', severity: 'high', path: 'HostConfig.PidMode', fix: 'advice' }],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', { HostConfig: { PidMode: 'host' } }),
    expect: [{ result: 'fail', severity: 'high', path: 'HostConfig.PidMode' }],
  },
  { name: 'a namespace of its own', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: 'shared with another container',
    kind: 'passing',
    given: containerWith({ HostConfig: { PidMode: 'container:abc' } }),
    expect: [],
  },
  {
    name: 'a stopped container',
    kind: 'odd',
    given: containerWith({ HostConfig: { PidMode: 'host' }, State: { Status: 'exited', Running: false } }),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({ name: 'k8s_web_web-0_shop_1', ...{ HostConfig: { PidMode: 'host' } } }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'its HostConfig was not seen',
    kind: 'unknown',
    given: containerOnHost('HostConfig'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
