import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podMountPropagation } from './pod-mount-propagation.js'

const mount = (more: string): string => `volumeMounts: [{name: data, mountPath: /data${more}}]`

checkTests(podMountPropagation, [
  {
    name: 'both ways',
    kind: 'failing',
    given: podWith(mount(', mountPropagation: Bidirectional')),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: 'spec.containers[name=app].volumeMounts[name=data].mountPropagation',
        fix: 'patch',
      },
    ],
  },
  {
    name: 'from the node only',
    kind: 'passing',
    given: podWith(mount(', mountPropagation: HostToContainer')),
    expect: [],
  },
  { name: 'the default', kind: 'odd', given: podWith(mount('')), expect: [] },
  {
    name: 'another type',
    kind: 'unknown',
    given: podWith(mount(', mountPropagation: true')),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
