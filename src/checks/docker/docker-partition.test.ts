import { checkTests } from '../../../test/kit/check-tests.js'
import { dockerPartition } from './docker-partition.js'
import { dockerdWith } from './example-dockerd.js'

const withMounts = (table: string, json = '{}') => dockerdWith(json, '', { '/etc/fstab': table })

checkTests(dockerPartition, [
  {
    name: 'one file system for all',
    kind: 'failing',
    given: withMounts('UUID=1 / ext4 defaults 0 1\n# UUID=2 /var/lib/docker ext4\n'),
    expect: [{ result: 'fail', severity: 'info', file: '/etc/fstab', fix: 'advice' }],
  },
  {
    name: 'one of its own',
    kind: 'passing',
    given: withMounts('UUID=1 / ext4 defaults 0 1\nUUID=2 /var/lib/docker xfs defaults 0 2\n'),
    expect: [],
  },
  { name: 'one for /var', kind: 'odd', given: withMounts('UUID=2 /var ext4 defaults 0 2\n'), expect: [] },
  {
    name: 'the data is elsewhere',
    kind: 'odd',
    given: withMounts('UUID=2 /var/lib/docker ext4 defaults 0 2\n', '{"data-root": "/srv/docker"}'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'no table of mounts was read',
    kind: 'unknown',
    given: dockerdWith('{}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
