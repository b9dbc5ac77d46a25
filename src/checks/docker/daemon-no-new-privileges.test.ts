import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonNoNewPrivileges } from './daemon-no-new-privileges.js'
import { daemonJsonAlone, dockerdWith } from './example-dockerd.js'

checkTests(daemonNoNewPrivileges, [
  {
    name: 'the default',
    kind: 'failing',
    given: dockerdWith(''),
    expect: [{ result: 'fail', severity: 'medium', fix: 'advice' }],
  },
  { name: 'a bare flag is true', kind: 'odd', given: dockerdWith('', '--no-new-privileges'), expect: [] },
  { name: 'on', kind: 'passing', given: dockerdWith('{"no-new-privileges": true}'), expect: [] },
  {
    name: 'flags not seen',
    kind: 'unknown',
    given: daemonJsonAlone('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
