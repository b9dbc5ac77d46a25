import { checkTests } from '../../../test/kit/check-tests.js'
import { swarmCertExpiryLong } from './swarm-cert-expiry-long.js'
import { swarmWith } from './example-swarm.js'

checkTests(swarmCertExpiryLong, [
  {
    name: 'a year',
    kind: 'failing',
    given: swarmWith({ certExpiry: 31536000000000000 }),
    expect: [{ result: 'fail', severity: 'low', fix: 'commands', message: /365 days/ }],
  },
  { name: '90 days', kind: 'passing', given: swarmWith(), expect: [] },
  { name: 'two days', kind: 'passing', given: swarmWith({ certExpiry: 172800000000000 }), expect: [] },
  {
    name: 'no swarm',
    kind: 'odd',
    given: swarmWith({ state: 'inactive', manager: false }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'a worker does not know',
    kind: 'unknown',
    given: swarmWith({ manager: false }),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
