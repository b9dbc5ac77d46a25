import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podNoCpuLimit } from './pod-no-cpu-limit.js'

checkTests(podNoCpuLimit, [
  {
    name: 'none',
    kind: 'failing',
    given: podWith(''),
    expect: [{ result: 'fail', severity: 'info', path: 'spec.containers[name=app].resources.limits.cpu' }],
  },
  { name: 'its own', kind: 'passing', given: podWith('resources: {limits: {cpu: 1}}'), expect: [] },
  {
    name: 'of the pod',
    kind: 'odd',
    given: podWith('', 'resources: {limits: {cpu: 1}}'),
    expect: [],
  },
  {
    name: 'another type',
    kind: 'unknown',
    given: podWith('resources: {limits: 1}'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
