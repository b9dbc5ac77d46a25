import { unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { cisDocker, dockerDocs } from '../references.js'
import { isCopy, ofCopies } from '../report-unseen.js'
import { dockerdWith } from './example-dockerd.js'

/** What should be watched where it is there. */
const WATCHED: readonly string[] = [
  '/usr/bin/dockerd',
  '/run/containerd',
  '/var/lib/docker',
  '/etc/docker',
  '/lib/systemd/system/docker.service',
  '/usr/lib/systemd/system/docker.service',
  '/run/containerd/containerd.sock',
  '/lib/systemd/system/docker.socket',
  '/usr/lib/systemd/system/docker.socket',
  '/etc/default/docker',
  '/etc/docker/daemon.json',
  '/etc/containerd/config.toml',
  '/etc/sysconfig/docker',
  '/usr/bin/containerd',
  '/usr/bin/containerd-shim',
  '/usr/bin/containerd-shim-runc-v1',
  '/usr/bin/containerd-shim-runc-v2',
  '/usr/bin/runc',
]

const RULES = /^\/etc\/audit\/(?:audit\.rules|rules\.d\/[^/]+\.rules)$/

export const dockerAuditd = defineCheck({
  id: 'docker-auditd',
  title: 'Changes of Docker’s files leave no trace',
  severity: 'low',
  because: 'nobody is let in by it; after an attack it is not seen what was changed',
  reach: 'host',
  appliesTo: 'dockerd',
  why: 'The audit rules of the kernel record who changed the daemon, its settings and its data.',
  references: [
    ...Array.from({ length: 16 }, (_, index) => cisDocker(`1.1.${index + 3}`)),
    dockerDocs('engine/security/'),
  ],
  evaluate(docker, report) {
    const { machine: host } = docker
    if (host === undefined) return report.unknown(unknown('no-source', 'the files of the host were not read'))
    const files = [...host.files.values()].filter(({ path }) => RULES.test(path))
    const shut = host.problems.find(({ place }) => place.file.startsWith('/etc/audit'))
    if (shut !== undefined || files.some(({ text }) => text === undefined))
      return report.unknown(unknown('unreadable', 'the rules of the audit daemon could not be read'))
    if (files.length === 0 && isCopy(host)) return report.unknown(unknown('no-source', ofCopies(host)))
    const watched = files.flatMap(({ text }) => watchedPaths(text ?? ''))
    const missing = WATCHED.filter((path) => host.files.has(path) && !isWatched(watched, path))
    if (missing.length === 0) return
    const message = files.length === 0 ? 'there are no audit rules' : `not watched: ${missing.join(', ')}`
    report.fail(
      {
        origin: { kind: 'file', host: host.name, file: files[0]?.path ?? '/etc/audit/rules.d/docker.rules' },
        key: 'audit rules',
        message,
      },
      {
        message,
        fix: advice(
          `Write to /etc/audit/rules.d/docker.rules, then run \`augenrules --load\`:\n${missing.map((path) => `-w ${path} -p wa -k docker`).join('\n')}`,
          { breaks: 'nothing; a folder with much traffic, as /var/lib/docker, makes many records' },
        ),
      },
    )
  },
  examples: {
    bad: dockerdWith('{}'),
    good: dockerdWith('{}', '', {
      '/etc/audit/rules.d/docker.rules':
        '-w /etc/docker -p wa -k docker\n-w /lib/systemd/system -p wa -k docker\n',
    }),
  },
})

/** Paths of `-w PATH`, `-F path=PATH` and `-F dir=PATH`. Source: auditctl(8). */
function watchedPaths(rules: string): string[] {
  return rules.split('\n').flatMap((line) => {
    if (/^\s*#/.test(line)) return []
    const watch = /(?:^|\s)-w\s{1,20}(\/\S{0,1000})/.exec(line)?.[1]
    const field = /(?:^|\s)-F\s{1,20}(?:path|dir)=(\/\S{0,1000})/.exec(line)?.[1]
    const path = watch ?? field
    return path === undefined ? [] : [path.length > 1 ? path.replace(/\/$/, '') : path]
  })
}

/** A watch of a folder holds for everything below it. `/lib` is often a link to `/usr/lib`. */
function isWatched(watched: readonly string[], path: string): boolean {
  const names = [path, path.replace(/^\/usr\/lib\//, '/lib/'), path.replace(/^\/lib\//, '/usr/lib/')]
  return watched.some((each) => names.some((name) => name === each || name.startsWith(`${each}/`)))
}
