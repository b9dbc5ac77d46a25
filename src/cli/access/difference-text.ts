import type { AccessDifference, ChangedRight, Escalation, SubjectDifference } from '../../access/index.js'
import { visible } from '../../text/index.js'
import { grantJson, isDefaultGrant, named, type GrantPlaces } from './grant-text.js'
import { describeHolder } from './holder-text.js'

/** How a technique is told; loaded with the engine alone. */
type EscalationMay = typeof import('../../access/index.js').escalationMay

interface Places {
  readonly old: GrantPlaces
  readonly now: GrantPlaces
}

/** A difference as text: escalations first, then each subject with what it gained (+) and lost (-). */
export async function differenceText(
  difference: AccessDifference,
  open: readonly string[],
  places: Places,
): Promise<string> {
  const { escalationMay } = await import('../../access/index.js')
  const { escalations, escalationsGone, subjects } = difference
  const notes = open.map((each) => visible(`not compared: ${each}`) + '\n').join('')
  if (isEmpty(difference))
    return `${notes === '' ? '' : 'of what was compared: '}no access is gained and none is lost\n${notes}`
  const lines: string[] = []
  if (escalations.length + escalationsGone.length > 0) {
    lines.push('Escalation:')
    for (const each of escalations) lines.push(`  + ${each.severity}: ${escalationText(each, escalationMay)}`)
    for (const each of escalationsGone) lines.push(`  - ${escalationText(each, escalationMay)}`)
    lines.push('')
  }
  for (const subject of subjects) {
    lines.push(`${describeHolder(subject.subject)}, ${scopeOf(subject)}:`)
    for (const right of subject.gained) lines.push(`  + ${rightText(right)}  ${through(right, places.now)}`)
    for (const right of subject.lost) lines.push(`  - ${rightText(right)}  ${through(right, places.old)}`)
    lines.push('')
  }
  return `${lines.join('\n').trimEnd()}\n${notes === '' ? '' : `\n${notes}`}`
}

/** A difference for a pull request. */
export async function differenceMarkdown(
  difference: AccessDifference,
  open: readonly string[],
  places: Places,
): Promise<string> {
  const { escalationMay } = await import('../../access/index.js')
  const { escalations, escalationsGone, subjects } = difference
  const notes = open.map((each) => `- :grey_question: not compared: ${code(each)}\n`).join('')
  if (isEmpty(difference)) {
    return `${notes === '' ? 'No' : 'Of what was compared: no'} access is gained and none is lost.\n${notes === '' ? '' : `\n${notes}`}`
  }
  const gained = subjects.filter((each) => each.gained.length > 0).length
  const lost = subjects.filter((each) => each.lost.length > 0).length
  const lines = [`## Access: ${gained} gain, ${lost} lose`, '']
  if (escalations.length + escalationsGone.length > 0) {
    lines.push('### Escalation', '')
    for (const each of escalations)
      lines.push(`- :warning: **${each.severity}** ${code(escalationText(each, escalationMay))}`)
    for (const each of escalationsGone) lines.push(`- gone: ${code(escalationText(each, escalationMay))}`)
    lines.push('')
  }
  lines.push('| who | where | | what | through |', '| --- | --- | --- | --- | --- |')
  for (const subject of subjects) {
    const row = (sign: string, right: ChangedRight, own: GrantPlaces): string =>
      `| ${[describeHolder(subject.subject), scopeOf(subject), sign, rightText(right), through(right, own)].map((cell, at) => (at === 2 ? cell : code(cell))).join(' | ')} |`
    for (const right of subject.gained) lines.push(row('gains', right, places.now))
    for (const right of subject.lost) lines.push(row('loses', right, places.old))
  }
  return `${lines.join('\n')}\n${notes === '' ? '' : `\n${notes}`}`
}

/** Names come from files of anybody: nothing in them is markup. */
function code(text: string): string {
  const plain = visible(text).replaceAll('|', '\\|')
  const fence = '`'.repeat(1 + Math.max(0, ...[...plain.matchAll(/`+/g)].map(([ticks]) => ticks.length)))
  const edge = plain.startsWith('`') || plain.endsWith('`') ? ' ' : ''
  return `${fence}${edge}${plain}${edge}${fence}`
}

/** A difference as data. */
export function differenceJson(difference: AccessDifference, places: Places): Record<string, unknown> {
  const escalation = (
    { technique, subject, namespace, severity, grants, names }: Escalation,
    own: GrantPlaces,
  ) => ({
    names,
    technique: technique.id,
    may: technique.may,
    subject,
    namespace,
    severity,
    grants: grants.map((grant) => grantJson(grant, own)),
  })
  const right = ({ grant, ...rest }: ChangedRight, own: GrantPlaces) => ({
    ...rest,
    grant: grantJson(grant, own),
  })
  return {
    escalations: {
      gained: difference.escalations.map((each) => escalation(each, places.now)),
      lost: difference.escalationsGone.map((each) => escalation(each, places.old)),
    },
    subjects: difference.subjects.map(({ subject, namespace, gained, lost }) => ({
      subject,
      namespace,
      gained: gained.map((each) => right(each, places.now)),
      lost: lost.map((each) => right(each, places.old)),
    })),
  }
}

function isEmpty({ escalations, escalationsGone, subjects }: AccessDifference): boolean {
  return escalations.length + escalationsGone.length + subjects.length === 0
}

function escalationText(
  { subject, technique, namespace, names }: Escalation,
  escalationMay: EscalationMay,
): string {
  const scope = namespace === '' ? 'in the whole cluster' : `in namespace ${namespace}`
  return `${describeHolder(subject)} may ${visible(escalationMay({ technique, names }))}, ${scope}`
}

function scopeOf({ namespace }: SubjectDifference): string {
  return namespace === '' ? 'in the whole cluster' : `in namespace ${namespace}`
}

function rightText({ verbs, apiGroup, resource, resourceName, nonResourceURL }: ChangedRight): string {
  if (nonResourceURL !== undefined) return visible(`${verbs.join(',')} ${nonResourceURL}`)
  const group = apiGroup === undefined || apiGroup === '' ? '' : ` (${apiGroup})`
  return visible(
    `${verbs.join(',')} ${resource ?? ''}${group}${resourceName === undefined ? '' : ` named ${resourceName}`}`,
  )
}

function through({ grant }: ChangedRight, places: GrantPlaces): string {
  if (grant.kind !== 'rbac') return ''
  const rule = places.place(grant.ruleIn, ['rules', grant.rule])
  return `through ${named(grant.binding)} (${places.place(grant.binding, [])}) and ${named(grant.role)} (${rule})${isDefaultGrant(grant) ? ' [default]' : ''}`
}
