import { unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'

export const dockerGroupMembers = defineCheck({
  id: 'docker-group-members',
  title: 'Users of the docker group are root on this host',
  severity: 'medium',
  because:
    'each of them can mount the disk of the host into a container, without a password and without a trace',
  reach: 'host',
  appliesTo: 'dockerd',
  why: 'The group may use the socket of dockerd, and dockerd does as root what it is told.',
  references: [cisDocker('1.1.2'), dockerDocs('engine/install/linux-postinstall/')],
  evaluate(docker, report) {
    const { machine: host } = docker
    if (docker.rootless) return report.notApplicable('the daemon is rootless: its socket is its user’s own')
    const group = docker.string('group')
    if (!group.known && docker.config.settings.some(({ setting }) => setting === 'group'))
      return report.unknown(group)
    if (host === undefined || host.groups.size === 0)
      return report.unknown(unknown('no-source', 'the groups of the host were not read'))
    const name = group.known && group.value !== '' ? group.value : 'docker'
    const [, found] = [...host.groups].find(([, each]) => each.name === name) ?? []
    const members = (found?.members ?? []).filter((member) => member !== 'root')
    if (members.length === 0) return
    const line =
      (host.files.get('/etc/group')?.text ?? '')
        .split('\n')
        .findIndex((each) => each.startsWith(`${name}:`)) + 1
    const shown = [...members].sort().slice(0, 20).join(', ')
    report.fail(
      {
        origin: { kind: 'file', host: host.name, file: '/etc/group', line: Math.max(1, line) },
        key: name,
        message: `group ${name}: ${shown}`,
      },
      {
        message: `members of group ${name}: ${shown}`,
        fix: advice(
          `Take out who does not have to be root here (\`gpasswd -d USER ${name}\`); let the others use sudo, a rootless daemon, or a context over SSH.`,
          { breaks: 'docker without sudo for who is taken out' },
        ),
      },
    )
  },
  examples: {
    bad: dockerdWith('{}', '', { '/etc/group': 'root:x:0:\ndocker:x:998:alice,bob\n' }),
    good: dockerdWith('{}', '', { '/etc/group': 'root:x:0:\ndocker:x:998:\n' }),
  },
})
