import { checkTests } from '../../../test/kit/check-tests.js'
import { containerRootUser } from './container-root-user.js'
import { containerOnHost, containerWith } from './example-container.js'

checkTests(containerRootUser, [
  {
    name: 'the fault in its plainest form',
    kind: 'failing',
    given: containerWith({ Config: { User: '' } }),
    expect: [{ result: 'fail', severity: 'medium', path: 'Config.User', fix: 'advice' }],
  },
  {
    name: 'the same, from the files of the daemon',
    kind: 'failing',
    given: containerOnHost('nothing', { Config: { User: '' } }),
    expect: [{ result: 'fail', severity: 'medium', path: 'Config.User' }],
  },
  { name: 'a container without fault', kind: 'passing', given: containerWith(), expect: [] },
  {
    name: 'root with a group',
    kind: 'odd',
    given: containerWith({ Config: { User: '0:1000' } }),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'users are remapped',
    kind: 'odd',
    given: containerWith({ Config: { User: 'root' }, daemon: { SecurityOptions: ['name=userns'] } }),
    expect: [{ result: 'fail', severity: 'info' }],
  },
  {
    name: 'users are remapped, and this container opts out',
    kind: 'odd',
    given: containerWith({
      Config: { User: 'root' },
      HostConfig: { UsernsMode: 'host' },
      daemon: { SecurityOptions: ['name=userns'] },
    }),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'a daemon without root',
    kind: 'odd',
    given: containerWith({ Config: { User: 'root' }, daemon: { SecurityOptions: ['name=rootless'] } }),
    expect: [{ result: 'fail', severity: 'info' }],
  },
  {
    name: 'a container that Kubernetes made',
    kind: 'odd',
    given: containerWith({ name: 'k8s_web_web-0_shop_1', ...{ Config: { User: '' } } }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'its Config was not seen',
    kind: 'unknown',
    given: containerOnHost('Config'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
