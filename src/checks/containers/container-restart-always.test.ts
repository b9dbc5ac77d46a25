import { checkTests } from '../../../test/kit/check-tests.js'
import { containerRestartAlways } from './container-restart-always.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerRestartAlways, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({ HostConfig: { RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } } }),
    expect: [{ result: 'fail', severity: 'info', path: 'HostConfig.RestartPolicy.Name', fix: 'advice' }],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', {
      HostConfig: { RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } },
    }),
    expect: [{ result: 'fail', severity: 'info', path: 'HostConfig.RestartPolicy.Name' }],
  },
  { name: 'on-failure', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: 'never',
    kind: 'passing',
    given: containerWith({ HostConfig: { RestartPolicy: { Name: 'no' } } }),
    expect: [],
  },
  {
    name: 'unless-stopped',
    kind: 'odd',
    given: containerWith({ HostConfig: { RestartPolicy: { Name: 'unless-stopped' } } }),
    expect: [{ result: 'fail', severity: 'info' }],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({
      name: 'k8s_web_web-0_shop_1',
      ...{ HostConfig: { RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } } },
    }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'its HostConfig was not seen',
    kind: 'unknown',
    given: containerOnHost('HostConfig'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
