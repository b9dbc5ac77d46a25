import type { Access, CompactRule, Question, User } from '../../access/index.js'

/** For a question without a name that is refused: the names with which it is allowed. */
export type NamedRights = (question: Extract<Question, { kind: 'resource' }>) => string[]

/** Verbs that a real request asks for without a name: rules that are limited to names give nothing. */
const NAMELESS = new Set(['create', 'deletecollection'])

/** The names are those of the user's rules; whether they count is asked, one by one. */
export async function namedRights(access: Access, user: User, namespace: string): Promise<NamedRights> {
  const { askedBy } = await import('../../access/index.js')
  const limited = access
    .rulesFor(user, namespace)
    .rules.filter(({ resourceName }) => resourceName !== undefined)
  return (question) => {
    if (NAMELESS.has(question.verb) && question.subresource === '') return []
    const names = limited
      .filter((rule) => concerns(rule, question))
      .map(({ resourceName }) => resourceName ?? '')
    return [...new Set(names)]
      .sort()
      .filter((name) => access.decide(askedBy(user, { ...question, name })).verdict === 'allow')
  }
}

function concerns(
  { resource = '', apiGroup = '' }: CompactRule,
  question: { group: string; resource: string; subresource: string },
): boolean {
  const { subresource } = question
  const named = subresource === '' ? question.resource : `${question.resource}/${subresource}`
  return (
    [question.group, '*'].includes(apiGroup) &&
    [named, '*', ...(subresource === '' ? [] : [`*/${subresource}`])].includes(resource)
  )
}

/** A cell of a table: `only a,b`, with no more than three names. */
export function namesCell(names: readonly string[]): string {
  const more = names.length - 3
  return `only ${names.slice(0, 3).join(',')}${more > 0 ? ` and ${more} more` : ''}`
}
