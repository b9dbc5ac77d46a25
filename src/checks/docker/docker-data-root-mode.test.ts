import { checkTests } from '../../../test/kit/check-tests.js'
import { dockerDataRootMode } from './docker-data-root-mode.js'
import { dockerdWith } from './example-dockerd.js'

const withRoot = (mode: number, uid = 0) =>
  dockerdWith('{}', '', { '/var/lib/docker/': { text: '', mode, uid } })

checkTests(dockerDataRootMode, [
  {
    name: 'everyone may list it',
    kind: 'failing',
    given: withRoot(0o755),
    expect: [{ result: 'fail', severity: 'medium', path: '/var/lib/docker', fix: 'commands' }],
  },
  {
    name: 'a user owns it',
    kind: 'failing',
    given: withRoot(0o700, 1000),
    expect: [{ result: 'fail', severity: 'medium', path: '/var/lib/docker' }],
  },
  { name: 'as dockerd makes it', kind: 'passing', given: withRoot(0o710), expect: [] },
  { name: 'as dockerd made it before', kind: 'passing', given: withRoot(0o711), expect: [] },
  {
    name: 'the folder that a setting names',
    kind: 'odd',
    given: dockerdWith('{"data-root": "/srv/docker"}', '', { '/srv/docker/': { text: '', mode: 0o777 } }),
    expect: [{ result: 'fail', path: '/srv/docker' }],
  },
  {
    name: 'rootless',
    kind: 'odd',
    given: dockerdWith('', '--rootless'),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'the folder was not seen',
    kind: 'unknown',
    given: dockerdWith('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
