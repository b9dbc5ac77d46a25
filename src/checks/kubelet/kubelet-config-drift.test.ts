import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletConfigDrift } from './kubelet-config-drift.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'

checkTests(kubeletConfigDrift, [
  {
    name: 'other arguments than the unit',
    kind: 'failing',
    given: kubeletConfigDrift.examples.bad,
    expect: [{ result: 'fail', severity: 'medium', path: 'arguments', fix: 'commands' }],
  },
  { name: 'as the unit says', kind: 'passing', given: kubeletConfigDrift.examples.good, expect: [] },
  { name: 'no unit to compare with', kind: 'odd', given: kubeletWith(''), expect: [] },
  {
    name: 'no process was seen',
    kind: 'unknown',
    given: kubeletUnseen(''),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
