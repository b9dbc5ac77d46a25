import { defineCheck } from '../define-check.js'
import { cis } from '../references.js'
import { etcdOnHost } from './example-etcd.js'
import { shellWord } from '../../kube/index.js'
import { unknown } from '../../model/index.js'
import { describeFile, usersNamed } from '../file-access.js'

export const etcdDataDir = defineCheck({
  id: 'etcd-data-dir',
  title: 'Others may read the database of the cluster',
  severity: 'high',
  because:
    'every Secret lies in it, in clear unless it is encrypted at rest; medium where only the owner is not who it should be',
  reach: 'host',
  appliesTo: 'etcd',
  why: 'Who can read the files of etcd has every Secret; who can write them has the cluster.',
  references: [cis('1.1.11'), cis('1.1.12'), 'https://etcd.io/docs/v3.6/op-guide/security/'],
  evaluate(etcd, report) {
    const { machine: host } = etcd
    const dir = etcd.string('data-dir')
    if (!dir.known) return report.unknown(dir)
    // Without the flag it is NAME.etcd in the working folder.
    const name = etcd.string('name')
    const path = dir.value !== '' ? dir.value : `${name.known ? name.value : 'default'}.etcd`
    const folder = etcd.file?.(path)
    if (host === undefined || folder?.mode === undefined)
      return report.unknown(
        unknown('no-source', `mode and owner of \`${path}\` were not seen on ${etcd.host}`, dir.origin),
      )
    const { mode, uid = 0, gid = 0 } = folder
    const described = `\`${folder.path}\` is ${describeFile(host, folder)}`
    const evidence = {
      origin: { kind: 'stat' as const, host: host.name, file: folder.path, mode, uid, gid },
      key: folder.path,
      message: described,
    }
    const word = shellWord(folder.path)
    const fix = { edits: [], risk: 'none' as const, needs: [], verify: `stat -c '%a %u:%g' ${word}` }
    if ((mode & 0o077) !== 0)
      report.fail(evidence, {
        message: described,
        fix: {
          ...fix,
          text: `Nobody but its owner may open \`${folder.path}\`.`,
          commands: [`chmod 700 ${word}`],
        },
      })
    // In containers etcd is root; units have a user of their own.
    if (uid !== 0 && !usersNamed(host, ['etcd']).has(uid))
      report.fail(evidence, {
        severity: 'medium',
        because: 'that user may read and change every object of the cluster',
        message: `${described}, neither root nor the user etcd`,
        fix: {
          ...fix,
          text: `\`${folder.path}\` belongs to the user that runs etcd: root in a container, etcd where a unit says so.`,
          commands: [],
        },
      })
  },
  examples: {
    bad: etcdOnHost({ '/var/lib/etcd/': { text: '', mode: 0o755 } }),
    good: etcdOnHost({ '/var/lib/etcd/': { text: '', mode: 0o700 } }),
  },
})
