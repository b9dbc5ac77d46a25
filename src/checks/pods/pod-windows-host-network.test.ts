import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podWindowsHostNetwork } from './pod-windows-host-network.js'

checkTests(podWindowsHostNetwork, [
  {
    name: 'by its os',
    kind: 'failing',
    given: podWith('', 'os: {name: windows}\nhostNetwork: true'),
    expect: [{ result: 'fail', severity: 'medium', path: 'spec.hostNetwork', fix: 'patch' }],
  },
  {
    name: 'by its nodes',
    kind: 'failing',
    given: podWith('', 'nodeSelector: {kubernetes.io/os: windows}\nhostNetwork: true'),
    expect: [{ result: 'fail' }],
  },
  { name: 'on Linux', kind: 'passing', given: podWith('', 'hostNetwork: true'), expect: [] },
  {
    name: 'a host process',
    kind: 'odd',
    given: podWith(
      '',
      'os: {name: windows}\nhostNetwork: true\nsecurityContext: {windowsOptions: {hostProcess: true}}',
    ),
    expect: [],
  },
  {
    name: 'a word',
    kind: 'unknown',
    given: podWith('', 'os: {name: windows}\nhostNetwork: "true"'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
