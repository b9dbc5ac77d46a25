import { checkTests } from '../../../test/kit/check-tests.js'
import { swarmManagerCount } from './swarm-manager-count.js'
import { swarmWith } from './example-swarm.js'

checkTests(swarmManagerCount, [
  {
    name: 'one manager',
    kind: 'failing',
    given: swarmWith({ managers: 1 }),
    expect: [{ result: 'fail', severity: 'low', path: 'Swarm.Managers' }],
  },
  { name: 'three', kind: 'passing', given: swarmWith(), expect: [] },
  { name: 'seven', kind: 'passing', given: swarmWith({ managers: 7 }), expect: [] },
  {
    name: 'an even number',
    kind: 'odd',
    given: swarmWith({ managers: 4 }),
    expect: [{ result: 'fail', message: /one less/ }],
  },
  {
    name: 'nine',
    kind: 'odd',
    given: swarmWith({ managers: 9 }),
    expect: [{ result: 'fail', message: /more than needed/ }],
  },
  {
    name: 'a swarm of one node',
    kind: 'odd',
    given: swarmWith({ managers: 1, nodes: 1 }),
    expect: [{ result: 'fail', severity: 'info' }],
  },
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
