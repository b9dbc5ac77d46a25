import { checkTests } from '../../../test/kit/check-tests.js'
import { copyWith, hostWith, KUBECONFIG_WITH_TOKEN } from './example-files.js'
import { fileCni } from './file-cni.js'

checkTests(fileCni, [
  {
    name: 'everyone may write it',
    kind: 'failing',
    given: hostWith({ '/etc/cni/net.d/10-calico.conflist': { text: '{}', mode: 0o666 } }),
    expect: [
      { result: 'fail', severity: 'medium', path: '/etc/cni/net.d/10-calico.conflist', fix: 'commands' },
    ],
  },
  {
    name: 'a user owns it',
    kind: 'failing',
    given: hostWith({ '/etc/cni/net.d/10-calico.conflist': { text: '{}', mode: 0o600, uid: 1000 } }),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: '/etc/cni/net.d/10-calico.conflist',
        fix: 'commands',
        message: /user alice owns it/,
      },
    ],
  },
  {
    name: 'root alone',
    kind: 'passing',
    given: hostWith({ '/etc/cni/net.d/10-calico.conflist': { text: '{}', mode: 0o600 } }),
    expect: [],
  },
  {
    name: 'as many plug-ins write it',
    kind: 'odd',
    given: hostWith({ '/etc/cni/net.d/10-calico.conflist': { text: '{}', mode: 0o644 } }),
    expect: [{ result: 'fail', severity: 'low', path: '/etc/cni/net.d/10-calico.conflist', fix: 'commands' }],
  },
  {
    name: 'the kubeconfig of a plug-in is a kubeconfig',
    kind: 'odd',
    given: hostWith({ '/etc/cni/net.d/calico-kubeconfig': { text: KUBECONFIG_WITH_TOKEN, mode: 0o644 } }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'a host without a pod network',
    kind: 'odd',
    given: hostWith({}),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'copied files',
    kind: 'unknown',
    given: copyWith({ '/etc/cni/net.d/10-calico.conflist': { text: '{}', mode: 0o644 } }),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
