import { asString, field, isObject, type JsonPath, type KubeObject } from '../../model/index.js'
import { RBAC_GROUP, type Malformed } from './policy-rule.js'

/** One subject of a binding, as it is written; absent texts are empty. */
export interface BindingSubject {
  readonly path: JsonPath
  readonly kind: string
  readonly apiGroup: string
  readonly namespace: string
  readonly name: string
}

export interface RoleRef {
  readonly kind: string
  readonly name: string
}

export interface ReadBinding {
  readonly roleRef: RoleRef | undefined
  readonly subjects: readonly BindingSubject[]
  readonly malformed: readonly Malformed[]
}

/** The subjects and the role of a RoleBinding or ClusterRoleBinding. What is of another type is told and left out. */
export function readBinding(binding: KubeObject): ReadBinding {
  const malformed: Malformed[] = []
  const roleRef = readRoleRef(binding.content, malformed)
  return { roleRef, subjects: readSubjects(binding.content, malformed), malformed }
}

function readRoleRef(content: unknown, malformed: Malformed[]): RoleRef | undefined {
  const given = field(content, 'roleRef')
  const kind = asString(field(given, 'kind'))
  const name = asString(field(given, 'name'))
  if (kind === undefined || name === undefined || name === '') {
    malformed.push({ path: ['roleRef'], detail: '`roleRef` does not name a kind and a role' })
    return undefined
  }
  if (kind !== 'Role' && kind !== 'ClusterRole') {
    malformed.push({ path: ['roleRef', 'kind'], detail: '`roleRef.kind` is neither Role nor ClusterRole' })
    return undefined
  }
  return { kind, name }
}

function readSubjects(content: unknown, malformed: Malformed[]): BindingSubject[] {
  const given = field(content, 'subjects')
  if (given === undefined || given === null) return []
  if (!Array.isArray(given)) {
    malformed.push({ path: ['subjects'], detail: '`subjects` is not a list' })
    return []
  }
  return given.flatMap((subject, index) => {
    const path = ['subjects', index]
    const texts = ['kind', 'apiGroup', 'namespace', 'name'].map((key) => field(subject, key) ?? '')
    if (!isObject(subject) || !texts.every((text) => typeof text === 'string') || texts[3] === '') {
      malformed.push({ path, detail: `\`subjects[${index}]\` does not name a kind and a name` })
      return []
    }
    const [kind = '', apiGroup = '', namespace = '', name = ''] = texts
    return [{ path, kind, apiGroup, namespace, name }]
  })
}

/** Group that the API fills in where a subject names none. Source: kubernetes pkg/apis/rbac/v1/defaults.go. */
export function subjectGroup(subject: BindingSubject): string {
  if (subject.apiGroup !== '') return subject.apiGroup
  return subject.kind === 'ServiceAccount' ? '' : RBAC_GROUP
}

/** `ServiceAccount ci/runner`, `User alice`, `Group system:masters`. */
export function describeSubject(subject: BindingSubject): string {
  const name = subject.kind === 'ServiceAccount' ? `${subject.namespace}/${subject.name}` : subject.name
  return `${subject.kind} ${name}`
}

const USER_OF_ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/

/** The service account that a subject stands for, also when it is written as its user name. */
export function serviceAccountOf(
  subject: BindingSubject,
): { readonly namespace: string; readonly name: string } | undefined {
  if (subject.kind === 'ServiceAccount') {
    return subject.namespace === '' ? undefined : { namespace: subject.namespace, name: subject.name }
  }
  if (subject.kind !== 'User') return undefined
  const [, namespace, name] = USER_OF_ACCOUNT.exec(subject.name) ?? []
  return namespace === undefined || name === undefined ? undefined : { namespace, name }
}
