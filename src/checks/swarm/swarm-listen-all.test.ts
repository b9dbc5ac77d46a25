import { checkTests } from '../../../test/kit/check-tests.js'
import { dockerdWith } from '../docker/example-dockerd.js'
import { swarmListenAll } from './swarm-listen-all.js'

const state = (text: string) => dockerdWith('', '', { '/var/lib/docker/swarm/docker-state.json': text })

checkTests(swarmListenAll, [
  {
    name: 'every address',
    kind: 'failing',
    given: state('{"ListenAddr":"0.0.0.0:2377"}'),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        file: '/var/lib/docker/swarm/docker-state.json',
        line: 1,
        fix: 'advice',
      },
    ],
  },
  { name: 'one address', kind: 'passing', given: state('{"ListenAddr":"10.0.0.5:2377"}'), expect: [] },
  {
    name: 'every address of IPv6',
    kind: 'odd',
    given: state('{"ListenAddr":"[::]:2377"}'),
    expect: [{ result: 'fail' }],
  },
  { name: 'no address: the default', kind: 'odd', given: state('{}'), expect: [{ result: 'fail' }] },
  {
    name: 'a daemon in no swarm',
    kind: 'odd',
    given: dockerdWith('', '', { '/var/lib/docker/x': '' }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'nothing of its data was seen',
    kind: 'unknown',
    given: dockerdWith('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'the state cannot be parsed',
    kind: 'unknown',
    given: state('{'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
