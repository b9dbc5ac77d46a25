import { shellWord } from '../../kube/index.js'
import { unknown, type Host, type HostFile, type Severity } from '../../model/index.js'
import { defineCheck, type DockerdSubject } from '../define-check.js'
import { accessBeyond, describeFile, type FileAccess } from '../file-access.js'
import { cisDocker, dockerDocs } from '../references.js'
import { ofCopies, isCopy } from '../report-unseen.js'
import { wayTo } from '../../model/index.js'
import { dockerdWith } from './example-dockerd.js'

/** Files of Docker by path, with the widest bits that group and others may have. Sockets are writable by their group. */
const PLACES: readonly (readonly [RegExp, limit: number])[] = [
  [
    /^\/(?:etc|run|usr\/lib|usr\/local\/lib|lib)\/systemd\/system\/docker\.(?:service|socket)(?:\.d\/.+)?$/,
    0o644,
  ],
  [/^\/etc\/docker\/(?:daemon\.json)$/, 0o644],
  [/^\/etc\/docker\/certs\.d\/.+\.key$/, 0o600],
  [/^\/etc\/docker\/(?:certs\.d\/.+|[\w.-]+)\.(?:crt|cert)$/, 0o444],
  [/^\/etc\/(?:default|sysconfig)\/docker$/, 0o644],
  [/^\/etc\/containerd\/config\.toml$/, 0o644],
  [/^\/(?:var\/)?run\/docker\.sock$/, 0o660],
]

export const dockerFiles = defineCheck({
  id: 'docker-files',
  title: 'Others than root may change or use the files of Docker',
  severity: 'medium',
  because: 'high where they may be written: who changes them, or may use the socket, is root on this host',
  reach: 'host',
  appliesTo: 'dockerd',
  why: 'The unit, the settings, the keys and the socket of dockerd are each a way to run what one likes as root. The socket of containerd is asked about by daemon-containerd-socket.',
  references: [
    ...Array.from({ length: 22 }, (_, index) => cisDocker(`3.${index + 1}`)),
    cisDocker('3.24'),
    dockerDocs('engine/security/protect-access/'),
  ],
  evaluate(docker, report) {
    const { machine: host } = docker
    if (host === undefined) return report.unknown(unknown('no-source', 'the files of the host were not read'))
    if (docker.rootless) return report.notApplicable('the daemon is rootless: its files are its user’s own')
    const wanted = filesOf(docker, host)
    const places = new Map(wanted.map(([file, limit]) => [file.path, { file, limit }]))
    for (const [file] of wanted)
      for (const { path, file: folder } of wayTo(host, file.path).folders)
        if (folder !== undefined && !places.has(path)) places.set(path, { file: folder, limit: FOLDER })
    if (wanted.length === 0 || isCopy(host)) return report.unknown(unknown('no-source', ofCopies(host)))
    for (const { file, limit } of places.values()) {
      const sticky = limit === FOLDER && ((file.mode ?? 0) & 0o1000) !== 0
      const socket = file.type === 'socket' || file.path.endsWith('.sock')
      for (const access of file.mode === undefined || sticky
        ? []
        : accessBeyond(host, file, socket ? groupLimit(docker, host, file) : limit)) {
        const severity = weightOf(access, limit)
        if (severity === undefined) continue
        const message = `\`${file.path}\` is ${describeFile(host, file)}: ${access.who} ${access.kind === 'owner' ? 'owns it' : `may ${access.does} it`}`
        report.fail(
          {
            origin: {
              kind: 'stat',
              host: host.name,
              file: file.path,
              mode: file.mode ?? 0,
              uid: file.uid ?? 0,
              gid: file.gid ?? 0,
            },
            key: file.path,
            message,
          },
          { severity, message, because: becauseOf(access), fix: fixOf(file, access, limit, socket) },
        )
      }
    }
  },
  examples: {
    bad: dockerdWith('{}', '', { '/etc/docker/daemon.json': { text: '{}', mode: 0o666 } }),
    good: dockerdWith('{}', '', { '/etc/docker/daemon.json': { text: '{}', mode: 0o644 } }),
  },
})

const FOLDER = 0o755

function filesOf(docker: DockerdSubject, host: Host): (readonly [HostFile, number])[] {
  const named = ['tlscacert', 'tlscert', 'tlskey'].flatMap((name) => {
    const path = docker.string(name)
    const file = path.known ? host.files.get(path.value) : undefined
    return file === undefined ? [] : [[file, name === 'tlskey' ? 0o600 : 0o444] as const]
  })
  const byPlace = [...host.files.values()].flatMap((file) => {
    const limit = PLACES.find(([place]) => place.test(file.path))?.[1]
    // A link and what it points at are one file.
    return limit === undefined || file.type === 'directory' || wayTo(host, file.path).end.path !== file.path
      ? []
      : [[file, limit] as const]
  })
  return [...named, ...byPlace]
}

/** The group of the socket may use it: who is in it is asked by docker-group-members. */
function groupLimit(docker: DockerdSubject, host: Host, { gid = 0 }: HostFile): number {
  const group = docker.string('group')
  const name = group.known && group.value !== '' ? group.value : 'docker'
  return gid === 0 || host.groups.get(gid)?.name === name ? 0o660 : 0o600
}

function weightOf({ kind, does }: FileAccess, limit: number): Severity | undefined {
  if (kind === 'root-group') return limit === FOLDER ? undefined : 'low'
  if (does === 'write') return 'high'
  return limit === FOLDER ? undefined : 'medium'
}

function becauseOf({ kind, does }: FileAccess): string {
  if (kind === 'root-group') return 'nobody but root is in that group: the mode is wider than anybody needs'
  return does === 'write' ? 'who may write it is root on this host' : 'who may read it has what it protects'
}

function fixOf(file: HostFile, { kind }: FileAccess, limit: number, socket: boolean) {
  const path = shellWord(file.path)
  const mode = ((file.mode ?? 0) & (limit | 0o7300)).toString(8)
  const commands = socket
    ? [`chown root:docker ${path}`, `chmod 660 ${path}`]
    : kind === 'owner'
      ? [`chown root:root ${path}`]
      : [`chmod ${mode} ${path}`]
  return {
    text: socket
      ? `\`${file.path}\` belongs to root and the group docker, mode 660: \`SocketMode\`, \`SocketUser\` and \`SocketGroup\` of docker.socket set it at every start.`
      : `\`${file.path}\` belongs to root and is writable by root alone.`,
    edits: [],
    commands,
    risk: 'none' as const,
    needs: [],
    ...(socket ? { breaks: 'tools that use the socket without being in the group' } : {}),
  }
}
