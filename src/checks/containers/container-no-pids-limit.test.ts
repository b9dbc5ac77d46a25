import { checkTests } from '../../../test/kit/check-tests.js'
import { containerNoPidsLimit } from './container-no-pids-limit.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerNoPidsLimit, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({ HostConfig: { PidsLimit: null } }),
    expect: [{ result: 'fail', severity: 'medium', path: 'HostConfig.PidsLimit', fix: 'advice' }],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', { HostConfig: { PidsLimit: null } }),
    expect: [{ result: 'fail', severity: 'medium', path: 'HostConfig.PidsLimit' }],
  },
  { name: 'a container without fault', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: '-1 is no limit',
    kind: 'odd',
    given: containerWith({ HostConfig: { PidsLimit: -1 } }),
    expect: [{ result: 'fail' }],
  },
  {
    name: '0 is no limit',
    kind: 'odd',
    given: containerWith({ HostConfig: { PidsLimit: 0 } }),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({ name: 'k8s_web_web-0_shop_1', ...{ HostConfig: { PidsLimit: null } } }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'its HostConfig was not seen',
    kind: 'unknown',
    given: containerOnHost('HostConfig'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
