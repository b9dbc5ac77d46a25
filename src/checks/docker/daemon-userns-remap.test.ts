import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonUsernsRemap } from './daemon-userns-remap.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonUsernsRemap, [
  {
    name: 'the default',
    kind: 'failing',
    given: dockerdWith('{}'),
    expect: [{ result: 'fail', severity: 'medium', fix: 'advice' }],
  },
  { name: 'rootless', kind: 'odd', given: dockerdWith('', '--rootless'), expect: [] },
  { name: 'on', kind: 'passing', given: dockerdWith('{"userns-remap": "default"}'), expect: [] },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
