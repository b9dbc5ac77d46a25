import { checkTests } from '../../../test/kit/check-tests.js'
import { swarmAutolockOff } from './swarm-autolock-off.js'
import { swarmWith } from './example-swarm.js'

checkTests(swarmAutolockOff, [
  {
    name: 'no unlock key',
    kind: 'failing',
    given: swarmWith({ autolock: false }),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'Swarm.Cluster.Spec.EncryptionConfig.AutoLockManagers',
        fix: 'advice',
      },
    ],
  },
  { name: 'locked', kind: 'passing', given: swarmWith(), expect: [] },
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
