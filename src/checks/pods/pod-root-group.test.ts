import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podRootGroup } from './pod-root-group.js'

const pod = (fields: string): ReturnType<typeof podWith> => podWith('', `securityContext: {${fields}}`)

checkTests(podRootGroup, [
  {
    name: 'of its files',
    kind: 'failing',
    given: pod('fsGroup: 0'),
    expect: [{ result: 'fail', severity: 'low', path: 'spec.securityContext.fsGroup', fix: 'advice' }],
  },
  {
    name: 'of a container',
    kind: 'failing',
    given: podWith('securityContext: {runAsGroup: 0}'),
    expect: [{ result: 'fail', path: 'spec.containers[name=app].securityContext.runAsGroup' }],
  },
  {
    name: 'another group',
    kind: 'passing',
    given: pod('runAsGroup: 10, supplementalGroups: [5]'),
    expect: [],
  },
  {
    name: 'one of several',
    kind: 'odd',
    given: pod('supplementalGroups: [5, 0]'),
    expect: [{ result: 'fail' }],
  },
  { name: 'none named', kind: 'odd', given: podWith(''), expect: [] },
  {
    name: 'a word',
    kind: 'unknown',
    given: pod('fsGroup: "0"'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
