import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'
import { kubeletIptablesChains } from './kubelet-iptables-chains.js'

checkTests(kubeletIptablesChains, [
  {
    name: 'set in the file',
    kind: 'failing',
    given: kubeletWith(`makeIPTablesUtilChains: false`),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        path: 'makeIPTablesUtilChains',
        file: '/var/lib/kubelet/config.yaml',
        line: 3,
        fix: 'patch',
      },
    ],
  },
  {
    name: 'right in the file',
    kind: 'passing',
    given: kubeletWith(`makeIPTablesUtilChains: true`),
    expect: [],
  },
  {
    name: 'a flag beats the file',
    kind: 'odd',
    given: kubeletWith(`makeIPTablesUtilChains: true`, '--make-iptables-util-chains=false'),
    expect: [{ result: 'fail', path: 'makeIPTablesUtilChains' }],
  },
  { name: 'nobody sets it', kind: 'passing', given: kubeletWith(''), expect: [] },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(`makeIPTablesUtilChains: false`),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
