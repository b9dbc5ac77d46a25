import { checkTests } from '../../../test/kit/check-tests.js'
import { containerSeccompUnconfined } from './container-seccomp-unconfined.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerSeccompUnconfined, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({ HostConfig: { SecurityOpt: ['seccomp=unconfined'] } }),
    expect: [{ result: 'fail', severity: 'high', path: 'HostConfig.SecurityOpt seccomp', fix: 'advice' }],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', { HostConfig: { SecurityOpt: ['seccomp=unconfined'] } }),
    expect: [{ result: 'fail', severity: 'high', path: 'HostConfig.SecurityOpt seccomp' }],
  },
  { name: 'the default', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: 'a profile of its own',
    kind: 'passing',
    given: containerWith({ HostConfig: { SecurityOpt: ['seccomp={}'] } }),
    expect: [],
  },
  {
    name: 'written with a colon, as before Docker 1.11',
    kind: 'odd',
    given: containerWith({ HostConfig: { SecurityOpt: ['seccomp:unconfined'] } }),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'a privileged container: that is said elsewhere',
    kind: 'odd',
    given: containerWith({ HostConfig: { Privileged: true, SecurityOpt: ['seccomp=unconfined'] } }),
    expect: [],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({
      name: 'k8s_web_web-0_shop_1',
      ...{ HostConfig: { SecurityOpt: ['seccomp=unconfined'] } },
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
