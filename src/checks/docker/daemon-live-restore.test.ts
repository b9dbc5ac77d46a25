import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonLiveRestore } from './daemon-live-restore.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonLiveRestore, [
  {
    name: 'the default',
    kind: 'failing',
    given: dockerdWith('{}'),
    expect: [{ result: 'fail', severity: 'low', fix: 'patch' }],
  },
  {
    name: 'a swarm cannot have it',
    kind: 'odd',
    given: dockerdWith('{}', '', { '/var/lib/docker/swarm/docker-state.json': '{}' }),
    expect: [{ result: 'notApplicable' }],
  },
  { name: 'on', kind: 'passing', given: dockerdWith('{"live-restore": true}'), expect: [] },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
