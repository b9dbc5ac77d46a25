import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'
import { unknown } from '../../model/index.js'

/** A containerd of the system, and the one that dockerd starts itself. */
const USUAL = ['/run/containerd/containerd.sock', '/run/docker/containerd/containerd.sock']

export const daemonContainerdSocket = defineCheck({
  id: 'daemon-containerd-socket',
  title: 'Others than root may use the socket of containerd',
  severity: 'high',
  because: 'whoever may write to it starts a privileged container and is root',
  reach: 'host',
  appliesTo: 'dockerd',
  why: 'The socket of containerd asks nobody who they are: its mode is the only barrier, and no rule of Docker stands before it.',
  references: [cisDocker('3.23'), dockerDocs('reference/cli/dockerd/')],
  evaluate(docker, report) {
    const address = docker.string('containerd')
    if (!address.known) return report.unknown(address)
    const paths = address.value === '' ? USUAL : [address.value.replace(/^unix:\/\//, '')]
    const found = paths.flatMap((path) => docker.machine?.files.get(path) ?? [])
    const files = found.filter(({ mode }) => mode !== undefined)
    if (files.length === 0) {
      return report.unknown(
        unknown('no-source', `mode and owner of \`${paths.join('`, `')}\` were not seen`, address.origin),
      )
    }
    for (const { path, mode = 0, uid = 0, gid = 0 } of files) {
      const open =
        (mode & 0o002) !== 0
          ? 'everyone'
          : (mode & 0o020) !== 0 && gid !== 0
            ? `group ${gid}`
            : uid !== 0
              ? `user ${uid}`
              : undefined
      if (open === undefined || (docker.rootless && uid !== 0 && (mode & 0o022) === 0)) continue
      report.fail(
        {
          origin: { kind: 'stat', host: docker.host, file: path, mode, uid, gid },
          key: path,
          message: `${open} may write to \`${path}\``,
        },
        {
          message: `${open} may use the socket of containerd`,
          fix: advice(
            `Give the socket to root alone: \`uid\` and \`gid\` 0 under \`[grpc]\` in /etc/containerd/config.toml, then \`systemctl restart containerd\`.`,
            { breaks: 'tools that use the socket without root' },
          ),
        },
      )
    }
  },
  examples: {
    bad: dockerdWith('', '--containerd=/run/containerd/containerd.sock', {
      '/run/containerd/containerd.sock': { text: '', mode: 0o666 },
    }),
    good: dockerdWith('', '--containerd=/run/containerd/containerd.sock', {
      '/run/containerd/containerd.sock': { text: '', mode: 0o660 },
    }),
  },
})
