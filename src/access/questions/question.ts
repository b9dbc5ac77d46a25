import type { Attributes, NonResourceAttributes, ResourceAttributes, User } from '../attributes.js'

/** What is asked, without who asks. */
export type Question = Omit<ResourceAttributes, 'user'> | Omit<NonResourceAttributes, 'user'>

const NOBODY: User = { name: '', uid: '', groups: [], extra: new Map() }

/** A question about an object or a list; what is left out is empty. */
export function resourceQuestion(
  parts: { readonly verb: string; readonly resource: string } & Partial<
    Pick<ResourceAttributes, 'namespace' | 'group' | 'subresource' | 'name'>
  >,
): Omit<ResourceAttributes, 'user'> {
  return {
    kind: 'resource',
    namespace: '',
    group: '',
    version: '*',
    subresource: '',
    name: '',
    fieldSelector: [],
    labelSelector: [],
    ...parts,
  }
}

/** The question as a user asks it. */
export function askedBy(user: User, question: Question): Attributes {
  return { ...question, user }
}

/** The question as nobody asks it, for those who look at rules alone. */
export function askedByNobody(question: Question): Attributes {
  return askedBy(NOBODY, question)
}

/** `get pods/log named web-0 in namespace shop`, `get /metrics`. */
export function describeQuestion(question: Question): string {
  if (question.kind === 'nonResource') return `${question.verb} ${question.path}`
  const { verb, resource, subresource, group, name, namespace } = question
  const type = `${subresource === '' ? resource : `${resource}/${subresource}`}${group === '' ? '' : `.${group}`}`
  const named = name === '' ? '' : ` named ${name}`
  const where = namespace === '' ? ' in the whole cluster' : ` in namespace ${namespace}`
  return `${verb} ${type}${named}${where}`
}
