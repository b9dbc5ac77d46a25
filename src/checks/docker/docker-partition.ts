import { unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cisDocker, dockerDocs } from '../references.js'
import { dockerdWith } from './example-dockerd.js'

/** Where mounts are told: of the running system, and of its next start. */
const TABLES = ['/proc/1/mounts', '/etc/fstab']

export const dockerPartition = defineCheck({
  id: 'docker-partition',
  title: 'The data of Docker shares a file system with the host',
  severity: 'info',
  because: 'advice: images and logs that fill it stop the host as well',
  reach: 'pod',
  appliesTo: 'dockerd',
  why: 'With a file system of its own, containers can fill up theirs alone.',
  references: [cisDocker('1.1.1'), dockerDocs('engine/daemon/')],
  evaluate(docker, report) {
    const root = docker.string('data-root')
    if (!root.known) return report.unknown(root)
    const tables = TABLES.flatMap((path) => {
      const file = docker.machine?.files.get(path)
      return file?.text === undefined ? [] : [{ path, text: file.text }]
    })
    const [first] = tables
    if (first === undefined)
      return report.unknown(unknown('no-source', 'neither /proc/1/mounts nor /etc/fstab was read'))
    // A mount above it, as /var, is a file system of its own too; the root alone is the host's.
    const own = tables
      .flatMap(({ text }) => mountPoints(text))
      .some((point) => point !== '/' && (root.value === point || root.value.startsWith(`${point}/`)))
    if (own) return
    report.fail(
      {
        origin: { kind: 'file', host: docker.host, file: first.path },
        key: 'data-root',
        message: `\`${root.value}\` is on the file system of \`/\``,
      },
      {
        message: `\`${root.value}\` is on the file system of \`/\``,
        fix: advice(`Give ${root.value} a file system of its own when the host is next set up anew.`),
      },
    )
  },
  examples: {
    bad: dockerdWith('{}', '', { '/etc/fstab': 'UUID=1 / ext4 defaults 0 1\n' }),
    good: dockerdWith('{}', '', {
      '/etc/fstab': 'UUID=1 / ext4 defaults 0 1\nUUID=2 /var/lib/docker ext4 defaults 0 2\n',
    }),
  },
})

/** The second word of a line; blanks in it are \\040. Source: fstab(5). */
function mountPoints(table: string): string[] {
  return table.split('\n').flatMap((line) => {
    const point = /^\s*[^#\s]\S*\s+(\/\S*)/.exec(line)?.[1]
    return point === undefined ? [] : [point.replaceAll('\\040', ' ')]
  })
}
