import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podPriority } from './pod-priority.js'

const CRITICAL = 'priorityClassName: system-cluster-critical'

checkTests(podPriority, [
  {
    name: 'the class of components',
    kind: 'failing',
    given: podWith('', CRITICAL),
    expect: [{ result: 'fail', severity: 'medium', path: 'spec.priorityClassName', fix: 'patch' }],
  },
  { name: 'a class of its own', kind: 'passing', given: podWith('', 'priorityClassName: high'), expect: [] },
  {
    name: 'in a namespace of the system',
    kind: 'odd',
    given: {
      manifests: (podWith('', CRITICAL).manifests ?? '').replace('namespace: shop', 'namespace: kube-system'),
    },
    expect: [],
  },
  {
    name: 'no text',
    kind: 'unknown',
    given: podWith('', 'priorityClassName: 5'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
