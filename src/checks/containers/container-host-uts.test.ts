import { checkTests } from '../../../test/kit/check-tests.js'
import { containerHostUts } from './container-host-uts.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerHostUts, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({ HostConfig: { UTSMode: 'host' } }),
    expect: [{ result: 'fail', severity: 'medium', path: 'HostConfig.UTSMode', fix: 'advice' }],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', { HostConfig: { UTSMode: 'host' } }),
    expect: [{ result: 'fail', severity: 'medium', path: 'HostConfig.UTSMode' }],
  },
  { name: 'a namespace of its own', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: 'shared with another container',
    kind: 'passing',
    given: containerWith({ HostConfig: { UTSMode: 'container:abc' } }),
    expect: [],
  },
  {
    name: 'a stopped container',
    kind: 'odd',
    given: containerWith({ HostConfig: { UTSMode: 'host' }, State: { Status: 'exited', Running: false } }),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({ name: 'k8s_web_web-0_shop_1', ...{ HostConfig: { UTSMode: 'host' } } }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'its HostConfig was not seen',
    kind: 'unknown',
    given: containerOnHost('HostConfig'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
