import { checkTests } from '../../../test/kit/check-tests.js'
import { containerApparmorUnconfined } from './container-apparmor-unconfined.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerApparmorUnconfined, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({ HostConfig: { SecurityOpt: ['apparmor=unconfined'] } }),
    expect: [{ result: 'fail', severity: 'medium', path: 'HostConfig.SecurityOpt apparmor', fix: 'advice' }],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', { HostConfig: { SecurityOpt: ['apparmor=unconfined'] } }),
    expect: [{ result: 'fail', severity: 'medium', path: 'HostConfig.SecurityOpt apparmor' }],
  },
  { name: 'the default', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: 'a profile of its own',
    kind: 'passing',
    given: containerWith({ HostConfig: { SecurityOpt: ['apparmor=docker-shop'] } }),
    expect: [],
  },
  {
    name: 'written with a colon, as before Docker 1.11',
    kind: 'odd',
    given: containerWith({ HostConfig: { SecurityOpt: ['apparmor:unconfined'] } }),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'a privileged container: that is said elsewhere',
    kind: 'odd',
    given: containerWith({ HostConfig: { Privileged: true, SecurityOpt: ['apparmor=unconfined'] } }),
    expect: [],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({
      name: 'k8s_web_web-0_shop_1',
      ...{ HostConfig: { SecurityOpt: ['apparmor=unconfined'] } },
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
