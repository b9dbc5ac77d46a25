import {
  isObject,
  valueAt,
  type Edit,
  type Finding,
  type JsonPath,
  type JsonValue,
} from '../../model/index.js'
import { applyEdits, presentValue } from '../edit/index.js'
import { mergeLists } from './plan-lists.js'

/** An edit and the finding that it mends, worst finding first. */
export interface WantedEdit {
  readonly edit: Edit
  readonly finding: Finding
}

export interface MergedEdits {
  readonly edits: readonly Edit[]
  readonly text: string
  /** Findings whose edit has no place in this file's change, with the reason. */
  readonly lost: ReadonlyMap<Finding, { readonly reason: 'conflict' | 'refused'; readonly why: string }>
}

/**
 * All edits of one file as one change. Two that want the same are one; two that extend one list become one list; where two
 * contradict each other the worse finding's stands and the other is told.
 */
export function mergeEdits(text: string | undefined, wanted: readonly WantedEdit[]): MergedEdits {
  const lost = new Map<Finding, { reason: 'conflict' | 'refused'; why: string }>()
  const merged: Edit[] = []
  const base = text ?? createdText(wanted)
  for (const group of groupsOf(wanted)) {
    const [first] = group
    if (first === undefined) continue
    const one = oneOf(base, group)
    if (one !== undefined) {
      merged.push(one)
      continue
    }
    merged.push(first.edit)
    for (const { edit, finding } of group)
      if (!sameChange(edit, first.edit))
        lost.set(finding, {
          reason: 'conflict',
          why: `${first.finding.check} wants another value at the same place of \`${edit.file}\`; only one can stand there`,
        })
  }
  for (const { outer, inner } of nestedIn(wanted)) {
    if (lost.has(outer.finding) || lost.has(inner.finding) || agree(outer.edit, inner.edit)) continue
    lost.set(later(wanted, outer, inner).finding, {
      reason: 'conflict',
      why: `another fix changes a part of the same value of \`${inner.edit.file}\``,
    })
  }
  const ordered = outerFirst(merged)
  const { text: edited, refused } = editText(text, ordered)
  for (const { edit, reason } of refused)
    for (const { finding } of wanted.filter((each) => placeOf(each.edit) === placeOf(edit)))
      lost.set(finding, { reason: 'refused', why: `\`${edit.file}\` cannot be changed so: ${reason}` })
  return { edits: ordered, text: edited, lost }
}

/** What the other edits of a new file build on. */
function createdText(wanted: readonly WantedEdit[]): string {
  const value = wanted.find(({ edit }) => edit.op === 'create')?.edit.value
  return typeof value === 'string' ? value : ''
}

/** The text of a file with edits made; a file that is not there is written anew. */
export function editText(text: string | undefined, edits: readonly Edit[]): ReturnType<typeof applyEdits> {
  if (text !== undefined) return applyEdits(text, edits)
  const made = newDocument(edits)
  return made === undefined ? applyEdits(undefined, edits) : { text: made, refused: [] }
}

/** A new file of values at paths of names: YAML with one key a line, JSON where the name says so. */
function newDocument(edits: readonly Edit[]): string | undefined {
  const root: Record<string, JsonValue> = {}
  for (const { op, path, value } of edits) {
    if (op !== 'set' || path.some((step) => typeof step !== 'string') || value === undefined) return undefined
    let here: Record<string, JsonValue> = root
    for (const step of path.slice(0, -1) as string[]) {
      const next = here[step] ?? {}
      if (!isObject(next)) return undefined
      here[step] = next
      here = next as Record<string, JsonValue>
    }
    here[String(path.at(-1))] = value
  }
  if (edits[0]?.file.endsWith('.json') === true) return `${JSON.stringify(root, null, 2)}\n`
  return Object.keys(root).every((key) => /^[A-Za-z]\w*$/.test(key))
    ? Object.entries(root)
        .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
        .join('')
    : undefined
}

/** Edits by the place that they change, in the order of their first. */
function groupsOf(wanted: readonly WantedEdit[]): WantedEdit[][] {
  const groups = new Map<string, WantedEdit[]>()
  for (const each of wanted) {
    // Several values may be added to one list, and each is a change of its own.
    const added = each.edit.op === 'append' ? JSON.stringify(each.edit.value) : ''
    const key = `${placeOf(each.edit)} ${added}`
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  return [...groups.values()]
}

function placeOf({ object, op, path }: Edit): string {
  const isFlag = op === 'setFlag' || op === 'removeFlag'
  const name = String(path.at(-1)).replaceAll('_', '-')
  return JSON.stringify([
    object ?? null,
    isFlag ? ['flag', name] : op === 'append' ? ['list', path] : op === 'create' ? ['new'] : path,
  ])
}

function sameChange(one: Edit, other: Edit): boolean {
  return one.op === other.op && JSON.stringify(one.value) === JSON.stringify(other.value)
}

/** One edit that does what all of a group want; undefined where they contradict each other. */
function oneOf(text: string, group: readonly WantedEdit[]): Edit | undefined {
  const [first, ...rest] = group
  if (first === undefined) return undefined
  if (rest.every(({ edit }) => sameChange(edit, first.edit))) return first.edit
  const edits = group.map(({ edit }) => edit)
  if (edits.every(({ op }) => op === 'setFlag')) {
    const present = presentValue(text, first.edit)
    const flag = String(first.edit.path.at(-1)).replaceAll('_', '-')
    const list = mergeLists(
      flag,
      wordsOf(present),
      edits.map(({ value }) => wordsOf(value) ?? []),
    )
    return list === undefined ? undefined : { ...first.edit, value: list.join(',') }
  }
  const lists = edits.map(({ value }) => textsOf(value))
  if (!edits.every(({ op }) => op === 'set') || !lists.every((list) => list !== undefined)) return undefined
  const list = mergeLists(undefined, textsOf(presentValue(text, first.edit)), lists)
  return list === undefined ? undefined : { ...first.edit, value: list }
}

function wordsOf(value: JsonValue | undefined): string[] | undefined {
  if (value === undefined) return undefined
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.split(',').filter((word) => word !== '')
}

function textsOf(value: JsonValue | undefined): string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined
}

interface Nested {
  readonly outer: WantedEdit
  readonly inner: WantedEdit
}

/** Pairs of which one changes a value and the other a part of it. */
function nestedIn(wanted: readonly WantedEdit[]): Nested[] {
  const values = wanted.filter(({ edit }) => edit.op === 'set' || edit.op === 'remove')
  const all = wanted.filter(({ edit }) => edit.op !== 'setFlag' && edit.op !== 'removeFlag')
  return values.flatMap((outer) =>
    all.flatMap((inner) => (isBelow(inner.edit, outer.edit) ? [{ outer, inner }] : [])),
  )
}

function isBelow(inner: Edit, outer: Edit): boolean {
  if (JSON.stringify(inner.object) !== JSON.stringify(outer.object)) return false
  // What is added to a list is a part of it.
  const deeper = inner.path.length > outer.path.length || (inner.op === 'append' && outer.op !== 'append')
  return deeper && outer.path.every((step, index) => step === inner.path[index])
}

/** Whether both can be made, the outer one first. */
function agree(outer: Edit, inner: Edit): boolean {
  if (outer.op === 'remove' || inner.op === 'append') return false
  const rest: JsonPath = inner.path.slice(outer.path.length)
  const there = valueAt(outer.value, rest)
  if (inner.op === 'remove') return there === undefined
  return (
    (isObject(outer.value) && there === undefined) || JSON.stringify(there) === JSON.stringify(inner.value)
  )
}

function later(wanted: readonly WantedEdit[], one: WantedEdit, other: WantedEdit): WantedEdit {
  return wanted.indexOf(one) > wanted.indexOf(other) ? one : other
}

function outerFirst(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((a, b) => a.path.length - b.path.length)
}
