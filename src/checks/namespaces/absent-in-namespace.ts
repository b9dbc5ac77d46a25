import { workloadsIn, type ObjectIndex } from '../../kube/index.js'
import { unknown, type Fix } from '../../model/index.js'
import type { ObjectSubject, Report } from '../define-check.js'
import { isSystemNamespace } from './system-namespaces.js'

export interface ExpectedKind {
  readonly group: string
  readonly kind: string
  /** What is wrong where a namespace has none. */
  readonly message: string
  readonly fix: Fix
}

/**
 * Reports a namespace that runs workloads and has no object of a kind. Where not all of the kind were read, absence is
 * not known: that is said once, at the first such namespace by name.
 */
export function judgeAbsence({ object, index }: ObjectSubject, report: Report, expected: ExpectedKind): void {
  const { name } = object.ref
  if (!concerns(index, name) || namespacesWith(index, expected).has(name)) return
  const origin = { kind: 'object', object, path: [] } as const
  if (!index.holdsAll(expected.group, expected.kind)) {
    if (firstConcerned(index, expected) !== name) return
    const detail = `the ${expected.kind} objects of the cluster were not all read: which namespaces have none is not known`
    return report.unknown(unknown('no-source', detail, origin))
  }
  report.fail(
    { origin, key: expected.kind, message: `no ${expected.kind} in ${name}` },
    { message: expected.message, fix: expected.fix },
  )
}

function concerns(index: ObjectIndex, name: string): boolean {
  return !isSystemNamespace(name) && workloadsIn(index, name).length > 0
}

const firsts = new WeakMap<ReadonlySet<string>, { readonly name: string | undefined }>()

function firstConcerned(index: ObjectIndex, expected: ExpectedKind): string | undefined {
  const has = namespacesWith(index, expected)
  let first = firsts.get(has)
  if (first === undefined) {
    const names = index
      .ofKind('', 'Namespace')
      .map(({ ref }) => ref.name)
      .filter((name) => concerns(index, name) && !has.has(name))
    first = { name: names.sort()[0] }
    firsts.set(has, first)
  }
  return first.name
}

const made = new WeakMap<ObjectIndex, Map<string, ReadonlySet<string>>>()

function namespacesWith(index: ObjectIndex, { group, kind }: ExpectedKind): ReadonlySet<string> {
  const known = made.get(index) ?? new Map<string, ReadonlySet<string>>()
  made.set(index, known)
  let names = known.get(kind)
  if (names === undefined) {
    names = new Set(index.ofKind(group, kind).map(({ ref }) => ref.namespace))
    known.set(kind, names)
  }
  return names
}
