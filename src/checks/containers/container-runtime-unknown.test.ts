import { checkTests } from '../../../test/kit/check-tests.js'
import { containerRuntimeUnknown } from './container-runtime-unknown.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerRuntimeUnknown, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({ HostConfig: { Runtime: 'fast-runtime' } }),
    expect: [{ result: 'fail', severity: 'medium', path: 'HostConfig.Runtime', fix: 'advice' }],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', { HostConfig: { Runtime: 'fast-runtime' } }),
    expect: [{ result: 'fail', severity: 'medium', path: 'HostConfig.Runtime' }],
  },
  { name: 'runc', kind: 'passing', given: containerWith(), expect: [] },
  { name: 'gVisor', kind: 'passing', given: containerWith({ HostConfig: { Runtime: 'runsc' } }), expect: [] },
  {
    name: 'none named: the default of the daemon',
    kind: 'odd',
    given: containerWith({ HostConfig: { Runtime: '' } }),
    expect: [],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({ name: 'k8s_web_web-0_shop_1', ...{ HostConfig: { Runtime: 'fast-runtime' } } }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'its HostConfig was not seen',
    kind: 'unknown',
    given: containerOnHost('HostConfig'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
