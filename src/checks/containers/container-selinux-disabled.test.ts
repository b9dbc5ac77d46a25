import { checkTests } from '../../../test/kit/check-tests.js'
import { containerSelinuxDisabled } from './container-selinux-disabled.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerSelinuxDisabled, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({ HostConfig: { SecurityOpt: ['label=disable'] } }),
    expect: [{ result: 'fail', severity: 'medium', path: 'HostConfig.SecurityOpt label', fix: 'advice' }],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', { HostConfig: { SecurityOpt: ['label=disable'] } }),
    expect: [{ result: 'fail', severity: 'medium', path: 'HostConfig.SecurityOpt label' }],
  },
  { name: 'the default', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: 'a level of its own',
    kind: 'passing',
    given: containerWith({ HostConfig: { SecurityOpt: ['label=level:s0:c100,c200'] } }),
    expect: [],
  },
  {
    name: 'the type of super privileged containers',
    kind: 'odd',
    given: containerWith({ HostConfig: { SecurityOpt: ['label=type:spc_t'] } }),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({
      name: 'k8s_web_web-0_shop_1',
      ...{ HostConfig: { SecurityOpt: ['label=disable'] } },
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
