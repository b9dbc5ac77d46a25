import { checkTests } from '../../../test/kit/check-tests.js'
import { daemonVersion } from './daemon-version.js'
import { dockerdOfVersion, dockerdWith } from './example-dockerd.js'

checkTests(daemonVersion, [
  {
    name: 'an old release',
    kind: 'failing',
    given: dockerdOfVersion('24.0.9'),
    expect: [{ result: 'fail', severity: 'medium', fix: 'advice' }],
  },
  {
    name: 'a build of a distribution',
    kind: 'odd',
    given: dockerdOfVersion('20.10.24+dfsg1'),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  { name: 'the long-term release', kind: 'odd', given: dockerdOfVersion('25.0.13'), expect: [] },
  { name: 'a current one', kind: 'passing', given: dockerdOfVersion('28.3.3'), expect: [] },
  {
    name: 'nothing says the version',
    kind: 'unknown',
    given: dockerdWith(''),
    expect: [{ result: 'unknown', reason: 'version-unknown' }],
  },
  { name: 'no version', kind: 'unknown', given: dockerdOfVersion('20.x'), expect: [{ result: 'unknown' }] },
])
