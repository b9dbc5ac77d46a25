import { checkTests } from '../../../test/kit/check-tests.js'
import { containerHostIpc } from './container-host-ipc.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerHostIpc, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({ HostConfig: { IpcMode: 'host' } }),
    expect: [{ result: 'fail', severity: 'medium', path: 'HostConfig.IpcMode', fix: 'advice' }],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', { HostConfig: { IpcMode: 'host' } }),
    expect: [{ result: 'fail', severity: 'medium', path: 'HostConfig.IpcMode' }],
  },
  { name: 'a namespace of its own', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: 'shared with another container',
    kind: 'passing',
    given: containerWith({ HostConfig: { IpcMode: 'container:abc' } }),
    expect: [],
  },
  {
    name: 'a stopped container',
    kind: 'odd',
    given: containerWith({ HostConfig: { IpcMode: 'host' }, State: { Status: 'exited', Running: false } }),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({ name: 'k8s_web_web-0_shop_1', ...{ HostConfig: { IpcMode: 'host' } } }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'its HostConfig was not seen',
    kind: 'unknown',
    given: containerOnHost('HostConfig'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
