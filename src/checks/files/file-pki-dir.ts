import { shellWord } from '../../kube/index.js'
import type { HostFile } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { cis, kubernetesDocs } from '../references.js'
import { wayTo } from '../../model/index.js'
import { hostWith } from './example-files.js'
import { accessBeyond, describeFile, usersNamed } from '../file-access.js'
import { filesOf, kindOfFolder, type FileKind } from './file-kinds.js'
import { reportAbsent, reportUnseen } from '../report-unseen.js'
import { writeWeight } from './weights.js'

/** Kinds of files whose folders are asked about here. */
const KINDS: readonly FileKind[] = ['private key', 'certificate', 'kubelet CA']

export const filePkiDir = defineCheck({
  id: 'file-pki-dir',
  title: 'Others than root may replace keys and certificates of Kubernetes',
  severity: 'high',
  because: 'who puts another certificate authority there is let in by everything that trusts it',
  reach: 'host',
  appliesTo: 'host',
  why: 'Whoever may write a folder may replace what is in it, whatever the modes of the files are.',
  references: [cis('1.1.19'), kubernetesDocs('setup/best-practices/certificates/')],
  evaluate({ host, estate }, report) {
    const files = KINDS.flatMap((kind) => filesOf(host, estate, kind))
    if (files.length === 0) return reportAbsent(host, report, 'key or certificate of Kubernetes')
    const owners = usersNamed(host, ['kube', 'etcd'])
    const folders = new Map<string, HostFile | undefined>()
    for (const file of files)
      for (const place of wayTo(host, file.path).folders) folders.set(place.path, place.file)
    const unseen: string[] = []
    for (const [path, folder] of folders) {
      if (!KINDS.some((kind) => kindOfFolder(host, estate, path) === kind)) continue
      if (folder?.mode === undefined || folder.uid === undefined) {
        unseen.push(path)
        continue
      }
      const { mode, uid, gid = 0 } = folder
      for (const access of accessBeyond(host, folder, mode & 0o1000 ? 0o777 : 0o755, owners)) {
        const weight = access.kind === 'root-group' ? undefined : writeWeight(access, 'high', 'high')
        if (weight === undefined) continue
        const [severity, because] = weight
        const does = access.kind === 'owner' ? 'owns it' : 'may write it'
        const message = `folder \`${folder.path}\` is ${describeFile(host, folder)}: ${access.who} ${does} and may replace what is in it`
        report.fail(
          {
            origin: { kind: 'stat', host: host.name, file: folder.path, mode, uid, gid },
            key: folder.path,
            message,
          },
          {
            severity,
            because,
            message,
            fix: {
              text: `\`${folder.path}\` belongs to root and is writable by root alone.`,
              edits: [],
              commands:
                access.kind === 'owner'
                  ? [`chown root:root ${shellWord(folder.path)}`]
                  : [`chmod go-w ${shellWord(folder.path)}`],
              risk: 'none',
              needs: [],
            },
          },
        )
      }
    }
    reportUnseen(host, report, unseen)
  },
  examples: {
    bad: hostWith({
      '/etc/kubernetes/pki/': { text: '', mode: 0o777 },
      '/etc/kubernetes/pki/ca.crt': { text: '', mode: 0o644 },
    }),
    good: hostWith({ '/etc/kubernetes/pki/ca.crt': { text: '', mode: 0o644 } }),
  },
})
