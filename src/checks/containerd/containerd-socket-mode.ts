import { asString, unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { containerdWith } from './example-containerd.js'

export const containerdSocketMode = defineCheck({
  id: 'containerd-socket-mode',
  title: 'People may use the socket of containerd',
  severity: 'high',
  because: 'whoever may write to it starts a privileged container and is root',
  reach: 'host',
  appliesTo: 'containerd',
  why: 'The socket of containerd asks nobody who they are: its mode and its group are the only barrier.',
  references: ['https://github.com/containerd/containerd/blob/main/docs/man/containerd-config.toml.5.md'],
  evaluate({ containerd }, report) {
    const { host, command } = containerd
    if (host.commands.some(({ component }) => component === 'dockerd') && containerd.criOff !== undefined) {
      return report.notApplicable(
        'dockerd uses this containerd: daemon-containerd-socket asks about its socket',
      )
    }
    const address = containerd.setting(['grpc', 'address'])
    if (!address.known) return report.unknown(address)
    const flag = command?.args.findIndex(({ value }) => value === '-a' || value === '--address') ?? -1
    const given = flag < 0 ? undefined : command?.args[flag + 1]?.value
    const configured = asString(address.value) ?? ''
    const path = (given ?? (configured === '' ? containerd.socket : configured)).replace(/^unix:\/\//, '')
    const file = host.files.get(path) ?? host.files.get(path.replace(/^\/var\/run\//, '/run/'))
    if (file?.mode === undefined) {
      return report.unknown(
        unknown('no-source', `mode and owner of \`${path}\` were not seen`, address.origin),
      )
    }
    const { mode, uid = 0, gid = 0 } = file
    const group = host.groups.get(gid)
    const people = group?.members ?? []
    const open =
      (mode & 0o002) !== 0
        ? 'everyone'
        : (mode & 0o020) !== 0 && gid !== 0 && (people.length > 0 || group === undefined)
          ? `group ${group?.name ?? gid}${people.length === 0 ? '' : ` (${people.join(', ')})`}`
          : uid !== 0
            ? `user ${host.users.get(uid) ?? uid}`
            : undefined
    if (open === undefined) return
    report.fail(
      {
        origin: { kind: 'stat', host: host.name, file: file.path, mode, uid, gid },
        key: path,
        message: `${open} may write to \`${path}\``,
      },
      {
        message: `${open} may use the socket of containerd`,
        fix: advice(
          `Give the socket to root alone: \`uid = 0\` and \`gid = 0\` under \`[grpc]\` in ${containerd.template ?? containerd.path}, then \`systemctl restart ${containerd.unit}\`.`,
          { breaks: 'tools that use the socket without root' },
        ),
      },
    )
  },
  examples: {
    bad: containerdWith('version = 2\n', { '/run/containerd/containerd.sock': { text: '', mode: 0o666 } }),
    good: containerdWith('version = 2\n'),
  },
})
