import { checkTests } from '../../../test/kit/check-tests.js'
import { crioSeccompUnconfined } from './crio-seccomp-unconfined.js'
import { BROKEN, crioWith } from './example-crio.js'

checkTests(crioSeccompUnconfined, [
  {
    name: 'no profile',
    kind: 'failing',
    given: crioWith('seccomp_profile = "unconfined"'),
    expect: [{ result: 'fail', severity: 'high', file: '/etc/crio/crio.conf', line: 4, fix: 'advice' }],
  },
  { name: 'not set', kind: 'passing', given: crioWith(''), expect: [] },
  {
    name: 'a drop-in puts it right',
    kind: 'odd',
    given: crioWith('seccomp_profile = "unconfined"', {
      '/etc/crio/crio.conf.d/10-a.conf': '[crio.runtime]\nseccomp_profile = ""\n',
    }),
    expect: [],
  },
  {
    name: 'a drop-in switches it off',
    kind: 'odd',
    given: crioWith('', {
      '/etc/crio/crio.conf.d/10-a.conf': '[crio.runtime]\nseccomp_profile = "unconfined"\n',
    }),
    expect: [{ result: 'fail', file: '/etc/crio/crio.conf.d/10-a.conf', line: 2 }],
  },
  {
    name: 'a drop-in cannot be parsed',
    kind: 'unknown',
    given: BROKEN,
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
