import { unknown, type Host, type HostFile } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { dockerDocs } from '../references.js'
import { clientWith } from './example-client.js'

export const clientKeyReadable = defineCheck({
  id: 'client-key-readable',
  title: 'Others may read the key with which a user reaches a Docker daemon',
  severity: 'high',
  because: 'whoever has the key is root on the host of that daemon',
  reach: 'host',
  appliesTo: 'docker-client',
  why: 'A daemon with mutual TLS knows its clients by their key alone. Who copies the key starts containers with every right there, from anywhere that reaches the port.',
  references: [dockerDocs('engine/security/protect-access/')],
  evaluate({ client }, report) {
    const { host } = client
    const keys = [
      ...client.keys,
      ...client.contexts.flatMap(({ tls }) => tls.filter(({ path }) => path.endsWith('/key.pem'))),
    ]
    for (const key of keys) {
      if (key.mode === undefined) {
        report.unknown(unknown('no-source', `mode and owner of \`${key.path}\` were not seen`))
        continue
      }
      const who = readerOf(host, key)
      if (who === undefined) continue
      const { mode, uid = 0, gid = 0 } = key
      report.fail(
        {
          origin: { kind: 'stat', host: host.name, file: key.path, mode, uid, gid },
          message: `${who} may read \`${key.path}\` (mode ${mode.toString(8).padStart(4, '0')})`,
        },
        {
          message: `${who} may read the key of ${client.user} in \`${key.path}\``,
          fix: {
            text: 'Give the key to its owner alone, and make a new one: the old one was readable.',
            edits: [],
            commands: [`chmod 400 ${key.path}`],
            risk: 'none',
            needs: [],
          },
        },
      )
    }
  },
  examples: {
    bad: clientWith({ '.docker/key.pem': { text: '', mode: 0o644 } }),
    good: clientWith({ '.docker/key.pem': { text: '', mode: 0o400 } }),
  },
})

/** Who besides the owner reads it; a folder above that they may not enter keeps them out. */
function readerOf(host: Host, key: HostFile): string | undefined {
  const mode = key.mode ?? 0
  if ((mode & 0o004) !== 0 && entered(host, key.path, 0o001)) return 'everyone'
  const people = host.groups.get(key.gid ?? 0)?.members ?? []
  if ((mode & 0o040) === 0 || people.length === 0 || !entered(host, key.path, 0o011)) return undefined
  return `group ${host.groups.get(key.gid ?? 0)?.name ?? String(key.gid)} (${people.join(', ')})`
}

/** Whether each folder above has one of these bits; a folder whose mode is not known keeps nobody out. */
function entered(host: Host, path: string, bits: number): boolean {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    const mode = host.files.get(path.slice(0, at))?.mode
    if (mode !== undefined && (mode & bits) === 0) return false
  }
  return true
}
