import { unknown, type Host } from '../model/index.js'
import type { Report } from './define-check.js'

/** Reports places whose mode and owner are not known, as one unknown. */
export function reportUnseen(host: Host, report: Report, places: readonly string[]): void {
  const first = [...places].sort()[0]
  if (first === undefined) return
  if (isCopy(host)) return report.unknown(unknown('no-source', ofCopies(host)))
  const more = places.length > 1 ? ` and ${places.length - 1} more` : ''
  report.unknown(unknown('no-source', `mode and owner of \`${first}\`${more} were not seen on ${host.name}`))
}

/** Whether what was read of a host are copies of some files. */
export function isCopy(host: Host): boolean {
  return host.files.size > 0 && host.files.get('/')?.mode === undefined
}

/** Why a question about modes, or about files that are not there, stays open. */
export function ofCopies(host: Host): string {
  return `what was read of ${host.name} are copies of some files: they say nothing of modes, owners and other files`
}

/** Reports that there are no files of a kind: not applicable, or unknown where a node's files were only copied in part. */
export function reportAbsent(host: Host, report: Report, what: string): void {
  const node =
    host.distribution !== 'unknown' || host.commands.some(({ component }) => component === 'kubelet')
  if (node && isCopy(host)) report.unknown(unknown('no-source', ofCopies(host)))
  else report.notApplicable(`there is no ${what} on ${host.name}`)
}
