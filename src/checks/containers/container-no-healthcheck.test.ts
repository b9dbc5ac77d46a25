import { checkTests } from '../../../test/kit/check-tests.js'
import { containerNoHealthcheck } from './container-no-healthcheck.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerNoHealthcheck, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({ Config: { Healthcheck: undefined } }),
    expect: [{ result: 'fail', severity: 'info', path: 'Config.Healthcheck', fix: 'advice' }],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', { Config: { Healthcheck: undefined } }),
    expect: [{ result: 'fail', severity: 'info', path: 'Config.Healthcheck' }],
  },
  { name: 'a container without fault', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: 'switched off',
    kind: 'odd',
    given: containerWith({ Config: { Healthcheck: { Test: ['NONE'] } } }),
    expect: [{ result: 'fail', message: /no health check/ }],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({ name: 'k8s_web_web-0_shop_1', ...{ Config: { Healthcheck: undefined } } }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'its Config was not seen',
    kind: 'unknown',
    given: containerOnHost('Config'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
