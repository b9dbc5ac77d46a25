import { checkTests } from '../../../test/kit/check-tests.js'
import { containerNoMemoryLimit } from './container-no-memory-limit.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerNoMemoryLimit, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({ HostConfig: { Memory: 0 } }),
    expect: [{ result: 'fail', severity: 'medium', path: 'HostConfig.Memory', fix: 'advice' }],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', { HostConfig: { Memory: 0 } }),
    expect: [{ result: 'fail', severity: 'medium', path: 'HostConfig.Memory' }],
  },
  { name: 'a container without fault', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: 'a stopped container',
    kind: 'odd',
    given: containerWith({ HostConfig: { Memory: 0 }, State: { Status: 'exited', Running: false } }),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'a container of a swarm service',
    kind: 'odd',
    given: containerWith({
      HostConfig: { Memory: 0 },
      Config: { Labels: { 'com.docker.swarm.service.name': 'web' } },
    }),
    expect: [{ result: 'fail', fix: 'advice' }],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({ name: 'k8s_web_web-0_shop_1', ...{ HostConfig: { Memory: 0 } } }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'its HostConfig was not seen',
    kind: 'unknown',
    given: containerOnHost('HostConfig'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
