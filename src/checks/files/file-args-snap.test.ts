import { checkTests } from '../../../test/kit/check-tests.js'
import { copyWith, hostWith } from './example-files.js'
import { fileArgsSnap } from './file-args-snap.js'

checkTests(fileArgsSnap, [
  {
    name: 'everyone may write it',
    kind: 'failing',
    given: hostWith({
      '/var/snap/microk8s/current': { link: '8000' },
      '/var/snap/microk8s/8000/args/kube-apiserver': { text: '--authorization-mode=RBAC\n', mode: 0o666 },
    }),
    expect: [{ result: 'fail', severity: 'medium', message: /everyone may write it/ }],
  },
  {
    name: 'a group with people may write it',
    kind: 'failing',
    given: hostWith({
      '/var/snap/microk8s/current': { link: '8000' },
      '/var/snap/microk8s/8000/args/kube-apiserver': {
        text: '--authorization-mode=RBAC\n',
        mode: 0o660,
        gid: 1001,
      },
    }),
    expect: [{ result: 'fail', severity: 'medium', message: /group ops may write it/ }],
  },
  {
    name: 'root alone',
    kind: 'passing',
    given: hostWith({
      '/var/snap/microk8s/current': { link: '8000' },
      '/var/snap/microk8s/8000/args/kube-apiserver': { text: '--authorization-mode=RBAC\n', mode: 0o600 },
    }),
    expect: [],
  },
  {
    name: 'it can only be read',
    kind: 'odd',
    given: hostWith({
      '/var/snap/microk8s/current': { link: '8000' },
      '/var/snap/microk8s/8000/args/kube-apiserver': { text: '--authorization-mode=RBAC\n', mode: 0o644 },
    }),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  { name: 'no microk8s', kind: 'odd', given: hostWith({}), expect: [{ result: 'notApplicable' }] },
  {
    name: 'copied files',
    kind: 'unknown',
    given: copyWith({ '/var/snap/microk8s/current/args/kube-apiserver': '' }),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
