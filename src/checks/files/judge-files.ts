import { shellWord } from '../../kube/index.js'
import { unknown, type Fix, type Host, type HostFile, type Severity } from '../../model/index.js'
import type { HostSubject, Report } from '../define-check.js'
import { wayTo } from '../../model/index.js'
import { accessBeyond, describeFile, usersNamed, type FileAccess } from '../file-access.js'
import { reportAbsent, reportUnseen } from '../report-unseen.js'
import { filesOf, kindOfFolder, unreadFolders, type FileKind } from './file-kinds.js'

/** How bad an access is, and why; undefined where it is none. */
export type Weight = readonly [severity: Severity, because: string] | undefined

/** What is asked of files of one kind. */
export interface FileRule {
  readonly kind: FileKind
  /** What a host without such files is said to lack, behind `there is no `. */
  readonly what: string
  /** Widest permission bits, for all files or by file. */
  readonly limit: number | ((file: HostFile) => number)
  /** System users that may own them. */
  readonly owners?: readonly string[]
  readonly weigh: (access: FileAccess, file: HostFile) => Weight
  /** Folders on the way are another check's. */
  readonly foldersElsewhere?: (host: Host) => boolean
  /** Files that this rule leaves to another check. */
  readonly except?: (file: HostFile) => boolean
  /** What sets the mode back, where that is so. */
  readonly resetBy?: (host: Host) => string | undefined
}

/**
 * Asks mode and owner of every file of a kind, and of every folder on the way to it: a file of mode 600 in a folder that
 * others may write can be replaced. A folder that leads to files of several kinds is told once, for the gravest kind.
 */
export function judgeFiles({ host, estate }: HostSubject, report: Report, rule: FileRule): void {
  const files = filesOf(host, estate, rule.kind).filter((file) => rule.except?.(file) !== true)
  const unread = unreadFolders(host, rule.kind)
  for (const folder of unread)
    report.unknown(unknown('unreadable', `\`${folder}\` could not be read on ${host.name}`))
  if (files.length === 0) {
    if (unread.length === 0) reportAbsent(host, report, rule.what)
    return
  }
  const owners = usersNamed(host, rule.owners ?? [])
  const folders = new Map<string, HostFile | undefined>()
  const unseen = new Set<string>()
  for (const file of files) {
    const limit = typeof rule.limit === 'number' ? rule.limit : rule.limit(file)
    if (file.mode === undefined || file.uid === undefined) unseen.add(file.path)
    else judgeOne({ host, report, rule, file, limit, owners })
    if (rule.foldersElsewhere?.(host) === true) continue
    for (const place of wayTo(host, file.path).folders) folders.set(place.path, place.file)
  }
  for (const [path, folder] of folders) {
    if (kindOfFolder(host, estate, path) !== rule.kind) continue
    if (folder?.mode === undefined || folder.uid === undefined) unseen.add(path)
    else judgeFolder({ host, report, rule, file: folder, owners })
  }
  reportUnseen(host, report, [...unseen])
}

interface Asked {
  readonly host: Host
  readonly report: Report
  readonly rule: FileRule
  readonly file: HostFile
  readonly owners: ReadonlySet<number>
}

function judgeOne({ host, report, rule, file, limit, owners }: Asked & { readonly limit: number }): void {
  for (const access of accessBeyond(host, file, limit, owners)) {
    const weight = rule.weigh(access, file)
    if (weight === undefined) continue
    const [severity, because] = weight
    const does = access.kind === 'owner' ? 'owns it' : `may ${access.does} it`
    const message = `\`${file.path}\` is ${describeFile(host, file)}: ${access.who} ${does}`
    report.fail(evidenceOf(host, file, message), {
      severity,
      because,
      message,
      fix: fixOf(host, rule, file, limit, owners.has(file.uid ?? 0)),
    })
  }
}

function judgeFolder({ host, report, rule, file, owners }: Asked): void {
  // In a sticky folder nobody may replace the files of others.
  const limit = (file.mode ?? 0) & 0o1000 ? 0o777 : 0o755
  for (const access of accessBeyond(host, file, limit, owners)) {
    if (access.does !== 'write' || access.kind === 'root-group') continue
    const weight = rule.weigh(access, file)
    if (weight === undefined) continue
    const [severity, because] = weight
    const does = access.kind === 'owner' ? 'owns it' : 'may write it'
    const message = `folder \`${file.path}\` is ${describeFile(host, file)}: ${access.who} ${does} and may replace what is in it`
    const path = shellWord(file.path)
    const commands = access.kind === 'owner' ? [`chown root:root ${path}`] : [`chmod go-w ${path}`]
    report.fail(evidenceOf(host, file, message), {
      severity,
      because,
      message,
      fix: {
        text: `\`${file.path}\` belongs to root and is writable by root alone.`,
        edits: [],
        commands,
        risk: 'none',
        needs: [],
      },
    })
  }
}

function evidenceOf(host: Host, file: HostFile, message: string): Parameters<Report['fail']>[0] {
  const { path, mode = 0, uid = 0, gid = 0 } = file
  return { origin: { kind: 'stat', host: host.name, file: path, mode, uid, gid }, key: path, message }
}

function fixOf(host: Host, rule: FileRule, file: HostFile, limit: number, ownerStays: boolean): Fix {
  const path = shellWord(file.path)
  const mode = (file.mode ?? 0) & (limit | 0o7100)
  const wanted = mode.toString(8).padStart(3, '0')
  const chown =
    ownerStays || ((file.uid ?? 0) === 0 && (file.gid ?? 0) === 0) ? [] : [`chown root:root ${path}`]
  const reset = rule.resetBy?.(host)
  return {
    text: `\`${file.path}\` belongs to root and has mode ${wanted}.${reset === undefined ? '' : ` ${reset}`}`,
    edits: [],
    commands: [...chown, `chmod ${wanted} ${path}`],
    risk: 'none',
    needs: [],
    verify: `stat -c '%a %u:%g' ${path}`,
  }
}
