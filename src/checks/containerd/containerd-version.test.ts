import { checkTests } from '../../../test/kit/check-tests.js'
import { containerdVersion } from './containerd-version.js'
import { containerdWith } from './example-containerd.js'
import { containerdOfVersion } from './example-version.js'

checkTests(containerdVersion, [
  {
    name: 'a release that ended',
    kind: 'failing',
    given: containerdOfVersion('1.6.20'),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  { name: 'a maintained release', kind: 'passing', given: containerdOfVersion('2.3.1'), expect: [] },
  {
    name: 'one that is newer than all known ones',
    kind: 'passing',
    given: containerdOfVersion('2.9.0'),
    expect: [],
  },
  {
    name: 'an old build that Debian mends',
    kind: 'odd',
    given: containerdWith('', {
      '/var/lib/dpkg/status': 'Package: containerd\nVersion: 1.6.20~ds1-1+deb12u3\n',
    }),
    expect: [{ result: 'fail', severity: 'low', line: 2 }],
  },
  {
    name: 'older than all known ones',
    kind: 'odd',
    given: containerdOfVersion('1.2.13'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'no version was seen',
    kind: 'unknown',
    given: containerdWith(''),
    expect: [{ result: 'unknown', reason: 'version-unknown' }],
  },
  {
    name: 'a text that is no version',
    kind: 'unknown',
    given: containerdOfVersion('1x'),
    expect: [{ result: 'unknown' }],
  },
])
