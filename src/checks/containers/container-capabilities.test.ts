import { checkTests } from '../../../test/kit/check-tests.js'
import { containerCapabilities } from './container-capabilities.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerCapabilities, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({ HostConfig: { CapAdd: ['CAP_SYS_ADMIN'] } }),
    expect: [{ result: 'fail', severity: 'critical', path: 'HostConfig.CapAdd SYS_ADMIN', fix: 'advice' }],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', { HostConfig: { CapAdd: ['CAP_SYS_ADMIN'] } }),
    expect: [{ result: 'fail', severity: 'critical', path: 'HostConfig.CapAdd SYS_ADMIN' }],
  },
  {
    name: 'one that Docker gives anyway',
    kind: 'passing',
    given: containerWith({ HostConfig: { CapAdd: ['NET_BIND_SERVICE', 'chown'] } }),
    expect: [],
  },
  { name: 'none', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: 'names without CAP_, in small letters',
    kind: 'odd',
    given: containerWith({ HostConfig: { CapAdd: ['net_admin'] } }),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'one that only weakens a barrier',
    kind: 'odd',
    given: containerWith({ HostConfig: { CapAdd: ['SYSLOG'] } }),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'all of them',
    kind: 'odd',
    given: containerWith({ HostConfig: { CapAdd: ['ALL'] } }),
    expect: [{ result: 'fail', severity: 'critical' }],
  },
  {
    name: 'a privileged container has them all: that is said elsewhere',
    kind: 'odd',
    given: containerWith({ HostConfig: { Privileged: true, CapAdd: ['SYS_ADMIN'] } }),
    expect: [],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({ name: 'k8s_web_web-0_shop_1', ...{ HostConfig: { CapAdd: ['CAP_SYS_ADMIN'] } } }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'its HostConfig was not seen',
    kind: 'unknown',
    given: containerOnHost('HostConfig'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
