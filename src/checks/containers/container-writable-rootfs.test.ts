import { checkTests } from '../../../test/kit/check-tests.js'
import { containerWritableRootfs } from './container-writable-rootfs.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerWritableRootfs, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({ HostConfig: { ReadonlyRootfs: false } }),
    expect: [{ result: 'fail', severity: 'low', path: 'HostConfig.ReadonlyRootfs', fix: 'advice' }],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', { HostConfig: { ReadonlyRootfs: false } }),
    expect: [{ result: 'fail', severity: 'low', path: 'HostConfig.ReadonlyRootfs' }],
  },
  { name: 'a container without fault', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: 'a stopped container',
    kind: 'odd',
    given: containerWith({
      HostConfig: { ReadonlyRootfs: false },
      State: { Status: 'exited', Running: false },
    }),
    expect: [{ result: 'fail', severity: 'info' }],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({ name: 'k8s_web_web-0_shop_1', ...{ HostConfig: { ReadonlyRootfs: false } } }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'its HostConfig was not seen',
    kind: 'unknown',
    given: containerOnHost('HostConfig'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
