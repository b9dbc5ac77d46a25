import { checkTests } from '../../../test/kit/check-tests.js'
import { containerNoCpuLimit } from './container-no-cpu-limit.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerNoCpuLimit, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({ HostConfig: { NanoCpus: 0 } }),
    expect: [{ result: 'fail', severity: 'info', path: 'HostConfig.NanoCpus', fix: 'advice' }],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', { HostConfig: { NanoCpus: 0 } }),
    expect: [{ result: 'fail', severity: 'info', path: 'HostConfig.NanoCpus' }],
  },
  { name: '--cpus', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: 'a quota',
    kind: 'passing',
    given: containerWith({ HostConfig: { NanoCpus: 0, CpuQuota: 50000 } }),
    expect: [],
  },
  {
    name: 'a set of processors',
    kind: 'passing',
    given: containerWith({ HostConfig: { NanoCpus: 0, CpusetCpus: '0-1' } }),
    expect: [],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({ name: 'k8s_web_web-0_shop_1', ...{ HostConfig: { NanoCpus: 0 } } }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'its HostConfig was not seen',
    kind: 'unknown',
    given: containerOnHost('HostConfig'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
