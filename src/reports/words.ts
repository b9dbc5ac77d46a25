import {
  formatRef,
  targetText,
  type Evidence,
  type FilePlace,
  type Fix,
  type Reach,
  type Risk,
  type Severity,
  type SourceSummary,
  type Target,
  type UnknownReason,
} from '../model/index.js'

export { targetText } from '../model/index.js'

/** Who can use a fault, as it stands after `open to`. */
export const REACH_WORDS: Readonly<Record<Reach, string>> = {
  unauthenticated: 'anyone, no credential needed',
  pod: 'any pod',
  user: 'any user of the cluster',
  host: 'a user of the host',
}

/** Why something is not known, as a heading. */
export const REASON_WORDS: Readonly<Record<UnknownReason, string>> = {
  'no-source': 'nothing that was read says it',
  unreadable: 'a file could not be read',
  'not-given': 'the API server did not give it',
  unparsable: 'a value could not be understood',
  'version-unknown': 'the version is not known',
  conflict: 'sources contradict each other',
  'unresolved-variable': 'a variable has no known value',
  'no-answer': 'an address gave no answer that says it',
}

/** What would answer a question that is open for this reason. */
export const NEEDED_WORDS: Readonly<Record<UnknownReason, string>> = {
  'no-source':
    'add the file, host root or cluster export that holds it; for flags of a process its /proc or a saved ps (--ps)',
  unreadable: 'run again with the right to read these files',
  'not-given': 'run again as a user who may: list of that kind, and get of nodes/proxy for kubelets',
  unparsable: 'mend the value at the place named; Rampart does not guess',
  'version-unknown': 'add a source that names the version: Nodes, static pods or the kubeadm ConfigMap',
  conflict: 'leave out the source that is out of date',
  'unresolved-variable': 'add the unit or environment file that sets the variable',
  'no-answer': 'probe again from where the address can be reached, with the credentials or options named',
}

/** What applying a fix can do to a running system. */
export const RISK_WORDS: Readonly<Record<Risk, string>> = {
  none: 'no interruption',
  restart: 'needs a restart',
  traffic: 'may cut traffic',
  lockout: 'can lock you out',
}

/** The same with what tells targets apart first: `shop/web (Deployment)`. */
export function shortTarget(target: Target): string {
  if (target.kind !== 'object') return targetText(target)
  const { namespace, name, kind } = target.object
  return `${namespace === '' ? name : `${namespace}/${name}`} (${kind})`
}

/** The part of the estate that a target lies in: a namespace, a host, or `cluster-wide`. */
export function placeOf(target: Target): string {
  if (target.kind === 'object') {
    return target.object.namespace === '' ? 'cluster-wide' : `namespace ${target.object.namespace}`
  }
  if (target.kind === 'estate' || target.host === '') return 'cluster-wide'
  return `host ${target.host}`
}

/** `file:line:column on HOST`; empty where no file is known. */
export function filePlaceText(place: Partial<FilePlace>): string {
  if (place.file === undefined) return place.host === undefined ? '' : `host ${place.host}`
  const line = place.line === undefined ? '' : `:${place.line}`
  const column = place.line === undefined || place.column === undefined ? '' : `:${place.column}`
  const host = place.host === undefined ? '' : ` on ${place.host}`
  return `${place.file === '-' ? 'standard input' : place.file}${line}${column}${host}`
}

/** Where evidence stands: file and line, else process argument, else object and path. */
export function evidencePlace(evidence: Evidence): string {
  if (evidence.file !== undefined) return filePlaceText(evidence)
  if (evidence.process !== undefined) {
    const { component, pid, argIndex } = evidence.process
    const host = evidence.host === undefined ? '' : ` on ${evidence.host}`
    return `${component}${pid === undefined ? '' : ` (process ${pid})`}${host}, argument ${argIndex + 1}`
  }
  if (evidence.object !== undefined) {
    return evidence.path === undefined || evidence.path === ''
      ? formatRef(evidence.object)
      : `${formatRef(evidence.object)}, ${evidence.path}`
  }
  return filePlaceText(evidence) || evidence.key
}

/** The line of the source that the evidence is about, where its text is known. */
export function focusText(evidence: Evidence): string | undefined {
  const snippet = evidence.snippet
  return snippet?.lines[snippet.focusLine - snippet.startLine]
}

/** `export prod: 412 objects, 3 files (whole cluster)`. */
export function sourceText(source: SourceSummary): string {
  if (source.kind === 'probe') return `probe ${source.name}`
  const amounts = [plural(source.objects, 'object'), plural(source.files, 'file')].filter(
    (_, index) => (index === 0 ? source.objects : source.files) > 0,
  )
  const read = amounts.length === 0 ? 'nothing in it could be used' : amounts.join(', ')
  return `${source.kind} ${source.name}: ${read}${source.complete ? ' (whole cluster)' : ''}`
}

/** `1 finding`, `2 findings`. */
export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

/** How far a fix goes: changes as data, commands, or words only (also when a precondition is not met). */
export function fixKind(fix: Fix): 'patch' | 'commands' | 'advice' {
  if (fix.needs.some((need) => need.met === false)) return 'advice'
  if (fix.edits.length > 0) return 'patch'
  return fix.commands.length > 0 ? 'commands' : 'advice'
}

/** `2 critical, 1 high`: severities that occur, worst first. */
export function severityText(counts: Readonly<Record<Severity, number>>): string {
  const parts = (['critical', 'high', 'medium', 'low', 'info'] as const).filter((name) => counts[name] > 0)
  return parts.map((name) => `${counts[name]} ${name}`).join(', ')
}
