import { checkTests } from '../../../test/kit/check-tests.js'
import { containerUsernsHost } from './container-userns-host.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerUsernsHost, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({ HostConfig: { UsernsMode: 'host' } }),
    expect: [{ result: 'fail', severity: 'low', path: 'HostConfig.UsernsMode', fix: 'advice' }],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', { HostConfig: { UsernsMode: 'host' } }),
    expect: [{ result: 'fail', severity: 'low', path: 'HostConfig.UsernsMode' }],
  },
  { name: 'a container without fault', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: 'its daemon remaps users',
    kind: 'odd',
    given: containerWith({
      HostConfig: { UsernsMode: 'host' },
      daemon: { SecurityOptions: ['name=userns'] },
    }),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'a privileged container has no other choice',
    kind: 'odd',
    given: containerWith({ HostConfig: { UsernsMode: 'host', Privileged: true } }),
    expect: [],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({ name: 'k8s_web_web-0_shop_1', ...{ HostConfig: { UsernsMode: 'host' } } }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'its HostConfig was not seen',
    kind: 'unknown',
    given: containerOnHost('HostConfig'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
