import { SEVERITIES } from '../../model/index.js'
import type { Escalation } from './find-escalations.js'

/** What it is that the subject may, and of which objects: continues "may". */
export function escalationMay({ technique, names }: Pick<Escalation, 'technique' | 'names'>): string {
  if (names.length === 0) return technique.may
  const shown = names.slice(0, 5).join(', ')
  const more = names.length > 5 ? ` and ${names.length - 5} more` : ''
  return technique.listed === true
    ? `${technique.may}: ${shown}${more}`
    : `${technique.may} (only named ${shown}${more})`
}

/** Gravest first, then by subject, scope and technique. */
export function sortEscalations(escalations: readonly Escalation[]): Escalation[] {
  const keyed = escalations.map((each) => ({ each, key: keyOf(each) }))
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ each }) => each)
}

function keyOf({ severity, subject, namespace, technique }: Escalation): string {
  const { kind, namespace: own, name } = subject
  return [SEVERITIES.indexOf(severity), kind, own, name, namespace, technique.id].join(' ')
}
