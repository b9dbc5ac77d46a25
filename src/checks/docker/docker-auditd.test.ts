import { checkTests } from '../../../test/kit/check-tests.js'
import { dockerAuditd } from './docker-auditd.js'
import { dockerdWith } from './example-dockerd.js'

const withRules = (rules: string) =>
  dockerdWith('{}', '', { '/etc/audit/rules.d/docker.rules': rules, '/usr/bin/dockerd': '' })

checkTests(dockerAuditd, [
  {
    name: 'no rules at all',
    kind: 'failing',
    given: dockerdWith('{}'),
    expect: [{ result: 'fail', severity: 'low', message: 'there are no audit rules', fix: 'advice' }],
  },
  {
    name: 'the daemon is not watched',
    kind: 'failing',
    given: withRules(
      '-w /etc/docker -p wa\n-w /usr/lib/systemd/system/docker.socket -p wa\n# -w /usr/bin/dockerd -p wa\n',
    ),
    expect: [{ result: 'fail', message: 'not watched: /usr/bin/dockerd' }],
  },
  {
    name: 'everything that is there',
    kind: 'passing',
    given: withRules(
      '-w /etc/docker/ -p wa\n-w /lib/systemd -p wa\n-a always,exit -F path=/usr/bin/dockerd -F perm=wa\n',
    ),
    expect: [],
  },
  {
    name: 'a watch of a folder holds below it',
    kind: 'odd',
    given: withRules('-a always,exit -F dir=/etc -F perm=wa\n-w /usr -p wa\n-w /lib/systemd -p wa\n'),
    expect: [],
  },
  {
    name: 'copied files without rules',
    kind: 'unknown',
    given: {
      hosts: {
        'docker-1': {
          files: { '/etc/docker/daemon.json': '{}' },
          processes: ['/usr/bin/dockerd'],
          copied: true,
        },
      },
    },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
