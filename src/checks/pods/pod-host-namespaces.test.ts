import { checkTests } from '../../../test/kit/check-tests.js'
import { HARDENED, podWith } from './example-pod.js'
import { podHostNamespaces } from './pod-host-namespaces.js'

checkTests(podHostNamespaces, [
  {
    name: 'hostPID',
    kind: 'failing',
    given: podWith('', 'hostPID: true'),
    expect: [{ result: 'fail', severity: 'high', path: 'spec.hostPID', line: 7, fix: 'patch' }],
  },
  {
    name: 'none',
    kind: 'passing',
    given: podWith(HARDENED),
    expect: [],
  },
  {
    name: 'hostPID with SYS_PTRACE',
    kind: 'odd',
    given: podWith(`securityContext:\n  capabilities:\n    add: [SYS_PTRACE]`, 'hostPID: true'),
    expect: [{ result: 'fail', severity: 'critical' }],
  },
  {
    name: 'a text instead of a switch',
    kind: 'unknown',
    given: podWith('', 'hostPID: "yes"'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
  {
    name: 'hostPID with a container that runs as root',
    kind: 'odd',
    given: podWith('', 'hostPID: true\nsecurityContext:\n  runAsUser: 0'),
    expect: [{ result: 'fail', severity: 'critical' }],
  },
  {
    name: 'an Argo workflow gives it to all its templates',
    kind: 'odd',
    given: {
      manifests: `apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {name: build, namespace: ci}
spec:
  hostNetwork: true
  templates:
    - name: run
      container: {name: a, image: a}
`,
    },
    expect: [{ result: 'fail', path: 'spec.hostNetwork', line: 5, fix: 'patch' }],
  },
  {
    name: 'host processes of Windows need the network: another check speaks',
    kind: 'odd',
    given: podWith(
      `securityContext: {windowsOptions: {hostProcess: true}}`,
      `hostNetwork: true\nhostIPC: true`,
    ),
    expect: [{ result: 'fail', message: 'hostIPC is true', path: 'spec.hostIPC' }],
  },
])
