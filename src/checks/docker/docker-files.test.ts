import { checkTests } from '../../../test/kit/check-tests.js'
import { dockerFiles } from './docker-files.js'
import { dockerdWith } from './example-dockerd.js'

const JSON_FILE = '/etc/docker/daemon.json'
const SOCKET = '/run/docker.sock'
const GROUPS = 'root:x:0:\ndocker:x:998:alice\nops:x:1001:alice\n'
const withGroups = (files: Parameters<typeof dockerdWith>[2]) =>
  dockerdWith('{}', '', { '/etc/group': GROUPS, ...files })

checkTests(dockerFiles, [
  {
    name: 'everyone may write daemon.json',
    kind: 'failing',
    given: withGroups({ [JSON_FILE]: { text: '{}', mode: 0o666 } }),
    expect: [{ result: 'fail', severity: 'high', path: JSON_FILE, fix: 'commands' }],
  },
  {
    name: 'everyone may use the socket',
    kind: 'failing',
    given: withGroups({ [SOCKET]: { text: '', mode: 0o666, gid: 998 } }),
    expect: [{ result: 'fail', severity: 'high', path: SOCKET, message: /everyone may write it/ }],
  },
  {
    name: 'the socket is of another group',
    kind: 'failing',
    given: withGroups({ [SOCKET]: { text: '', mode: 0o660, gid: 1001 } }),
    expect: [{ result: 'fail', severity: 'high', path: SOCKET, message: /group ops may write it/ }],
  },
  {
    name: 'everyone may read a key',
    kind: 'failing',
    given: dockerdWith('{}', '--tls --tlskey=/etc/docker/key.pem', {
      '/etc/docker/key.pem': { text: '', mode: 0o644 },
    }),
    expect: [{ result: 'fail', severity: 'medium', path: '/etc/docker/key.pem', message: /may read it/ }],
  },
  {
    name: 'a folder above',
    kind: 'failing',
    given: withGroups({ '/etc/docker/': { text: '', mode: 0o777 } }),
    expect: [{ result: 'fail', severity: 'high', path: '/etc/docker' }],
  },
  {
    name: 'as the package leaves it',
    kind: 'passing',
    given: withGroups({ [SOCKET]: { text: '', mode: 0o660, gid: 998 } }),
    expect: [],
  },
  {
    name: 'a user owns the unit',
    kind: 'odd',
    given: withGroups({
      '/lib/systemd/system/docker.service': { text: '[Service]\nExecStart=/usr/bin/dockerd', uid: 1000 },
    }),
    expect: [{ result: 'fail', severity: 'high', path: '/lib/systemd/system/docker.service' }],
  },
  {
    name: 'a rootless daemon',
    kind: 'odd',
    given: dockerdWith('', '--rootless'),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'copied files',
    kind: 'unknown',
    given: {
      hosts: { 'docker-1': { files: { [JSON_FILE]: '{}' }, processes: ['/usr/bin/dockerd'], copied: true } },
    },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
