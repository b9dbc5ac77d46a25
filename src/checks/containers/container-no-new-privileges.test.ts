import { checkTests } from '../../../test/kit/check-tests.js'
import { containerNoNewPrivileges } from './container-no-new-privileges.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerNoNewPrivileges, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({ HostConfig: { SecurityOpt: null } }),
    expect: [
      { result: 'fail', severity: 'medium', path: 'HostConfig.SecurityOpt no-new-privileges', fix: 'advice' },
    ],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', { HostConfig: { SecurityOpt: null } }),
    expect: [{ result: 'fail', severity: 'medium', path: 'HostConfig.SecurityOpt no-new-privileges' }],
  },
  { name: 'set', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: 'set with a value',
    kind: 'passing',
    given: containerWith({ HostConfig: { SecurityOpt: ['no-new-privileges:true'] } }),
    expect: [],
  },
  {
    name: 'the daemon sets it for all',
    kind: 'passing',
    given: containerWith({
      HostConfig: { SecurityOpt: null },
      daemon: { SecurityOptions: ['name=no-new-privileges'] },
    }),
    expect: [],
  },
  {
    name: 'switched off in spite of the daemon',
    kind: 'odd',
    given: containerWith({
      HostConfig: { SecurityOpt: ['no-new-privileges=false'] },
      daemon: { SecurityOptions: ['name=no-new-privileges'] },
    }),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'its programs are root already',
    kind: 'odd',
    given: containerWith({ HostConfig: { SecurityOpt: null }, Config: { User: '' } }),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({ name: 'k8s_web_web-0_shop_1', ...{ HostConfig: { SecurityOpt: null } } }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'its HostConfig was not seen',
    kind: 'unknown',
    given: containerOnHost('HostConfig'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
