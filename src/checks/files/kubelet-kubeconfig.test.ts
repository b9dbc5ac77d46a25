import { checkTests } from '../../../test/kit/check-tests.js'
import { copyWith, hostWith, KUBECONFIG_WITH_FILES, KUBECONFIG_WITH_TOKEN } from './example-files.js'
import { kubeletKubeconfig } from './kubelet-kubeconfig.js'

checkTests(kubeletKubeconfig, [
  {
    name: 'everyone may write it',
    kind: 'failing',
    given: hostWith({ '/etc/kubernetes/kubelet.conf': { text: KUBECONFIG_WITH_FILES, mode: 0o666 } }),
    expect: [{ result: 'fail', severity: 'medium', path: '/etc/kubernetes/kubelet.conf', fix: 'commands' }],
  },
  {
    name: 'everyone may read its token',
    kind: 'failing',
    given: hostWith({ '/etc/kubernetes/kubelet.conf': { text: KUBECONFIG_WITH_TOKEN, mode: 0o644 } }),
    expect: [{ result: 'fail', severity: 'high', path: '/etc/kubernetes/kubelet.conf', fix: 'commands' }],
  },
  {
    name: 'the file that a flag names',
    kind: 'failing',
    given: hostWith({ '/srv/node': { text: KUBECONFIG_WITH_TOKEN, mode: 0o644 } }, [
      '/usr/bin/kubelet --kubeconfig=/srv/node',
    ]),
    expect: [{ result: 'fail', severity: 'high', path: '/srv/node', fix: 'commands' }],
  },
  {
    name: 'as kubeadm writes it',
    kind: 'passing',
    given: hostWith({ '/etc/kubernetes/kubelet.conf': { text: KUBECONFIG_WITH_FILES, mode: 0o600 } }),
    expect: [],
  },
  {
    name: 'readable, and the key is elsewhere',
    kind: 'odd',
    given: hostWith({ '/var/lib/kubelet/kubeconfig': { text: KUBECONFIG_WITH_FILES, mode: 0o644 } }),
    expect: [{ result: 'fail', severity: 'low', path: '/var/lib/kubelet/kubeconfig', fix: 'commands' }],
  },
  {
    name: 'on OpenShift a file of this name is a configuration',
    kind: 'odd',
    given: hostWith({ '/etc/kubernetes/kubelet.conf': { text: 'kind: KubeletConfiguration', mode: 0o644 } }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'a host without a kubelet',
    kind: 'odd',
    given: hostWith({}),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'copied files',
    kind: 'unknown',
    given: copyWith({ '/etc/kubernetes/kubelet.conf': { text: KUBECONFIG_WITH_FILES, mode: 0o600 } }),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
