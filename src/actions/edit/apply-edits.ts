import { posix } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { isMap, type Document, type Node } from 'yaml'
import {
  asList,
  asObject,
  asString,
  field,
  inWords,
  isObject,
  valueAt,
  type Edit,
  type JsonPath,
  type JsonValue,
  type ObjectRef,
} from '../../model/index.js'
import {
  appendChange,
  EditRefused,
  nodeAt,
  parseForEdit,
  removeChange,
  setChange,
  type TextChange,
} from './edit-document.js'
import { editFlagText, readFlagText } from './edit-flags.js'

export interface EditedText {
  readonly text: string
  /** Edits that could not be made, each with the reason; the others are in `text`. */
  readonly refused: readonly { readonly edit: Edit; readonly reason: string }[]
}

/**
 * The text of one file with edits made, each the smallest change that does it; `text` is undefined where there is no
 * file yet. After every edit the text is parsed again and must hold exactly what was asked; otherwise that edit is
 * refused and the text left as it was.
 */
export function applyEdits(text: string | undefined, edits: readonly Edit[]): EditedText {
  const refused: { edit: Edit; reason: string }[] = []
  const created = edits.find((edit) => edit.op === 'create')
  let current = text ?? (created === undefined ? EMPTY_DOCUMENT : '')
  let there = text !== undefined
  for (const edit of inSafeOrder(edits)) {
    try {
      current =
        edit.op === 'create' ? createText(there ? current : undefined, edit) : applyEdit(current, edit)
      there = true
    } catch (error) {
      if (!(error instanceof EditRefused)) throw error
      refused.push({ edit, reason: error.message })
    }
  }
  return { text: current, refused }
}

/** The value that stands where an edit would make its change; undefined where there is none or the text cannot be read. */
export function presentValue(text: string, edit: Edit): JsonValue | undefined {
  try {
    if (edit.op === 'setFlag' || edit.op === 'removeFlag') return presentFlag(text, edit)
    const { root, path } = locateObject(documentsOf(text), edit)
    return nodeAt(root, [...path, ...edit.path])?.toJSON() as JsonValue | undefined
  } catch (error) {
    if (!(error instanceof EditRefused)) throw error
    return undefined
  }
}

function presentFlag(text: string, edit: Edit): string | undefined {
  const name = String(edit.path.at(-1))
  if (!isDocument(edit.file)) return readFlagText(text, name)
  const { root, path } = locateObject(documentsOf(text), edit)
  const found = findInLists(nodeAt(root, path)?.toJSON() as JsonValue | undefined, name)
  return found === undefined
    ? undefined
    : found.word.slice(found.word.split('=', 1)[0]?.length).replace(/^=/, '')
}

/** What edits of values begin with where there is no file: a drop-in, a daemon.json. */
const EMPTY_DOCUMENT = '{}\n'

/** A whole new file; one with the same text is there already when a run is taken up again. */
function createText(present: string | undefined, edit: Edit): string {
  if (typeof edit.value !== 'string' || edit.path.length > 0)
    throw new EditRefused('a new file needs its text, and no path in it')
  if (present !== undefined && present !== edit.value)
    throw new EditRefused('a file with another text is there already')
  return edit.value
}

/** New files come first; removals from lists go from the end, so that the indexes of those that follow still hold. */
function inSafeOrder(edits: readonly Edit[]): Edit[] {
  const lastIndex = (edit: Edit): number => {
    if (edit.op === 'create') return Number.POSITIVE_INFINITY
    const step = edit.path.at(-1)
    return edit.op === 'remove' && typeof step === 'number' ? step : Number.MAX_SAFE_INTEGER
  }
  return [...edits].sort((a, b) => {
    const [left, right] = [lastIndex(a), lastIndex(b)]
    return left === right ? 0 : left > right ? -1 : 1
  })
}

function applyEdit(text: string, edit: Edit): string {
  if (edit.op === 'setFlag' || edit.op === 'removeFlag') return applyFlag(text, edit)
  const documents = documentsOf(text)
  const { root, path } = locateObject(documents, edit)
  const at = [...path, ...edit.path]
  const change = changeOf(text, root, at, edit)
  if (change === undefined) throw new EditRefused('it is not there')
  const edited = text.slice(0, change.from) + change.text + text.slice(change.to)
  verify(documents, edited, edit, at)
  return edited
}

function changeOf(text: string, root: Node, path: JsonPath, edit: Edit): TextChange | undefined {
  switch (edit.op) {
    case 'remove':
      return removeChange(text, root, path)
    case 'append':
      return appendChange(text, root, path, edit.value ?? null)
    default:
      return setChange(text, root, path, edit.value ?? null)
  }
}

/** Flags in a manifest stand in lists; elsewhere they are words of the text. */
function applyFlag(text: string, edit: Edit): string {
  const name = String(edit.path.at(-1))
  const value = edit.op === 'setFlag' ? inWords(edit.value ?? '') : undefined
  const edited = isDocument(edit.file)
    ? (editFlagList(text, edit, name, value) ?? addToList(text, edit, name, value))
    : (editFlagText(text, name, value) ?? addLine(text, edit, name, value))
  if (edited === undefined) throw new EditRefused(`\`${name}\` does not stand in it`)
  return edited
}

function isDocument(file: string): boolean {
  return /\.(?:ya?ml|json)$/.test(file)
}

function editFlagList(text: string, edit: Edit, name: string, value: string | undefined): string | undefined {
  const { root, path } = locateObject(documentsOf(text), edit)
  const content = nodeAt(root, path)?.toJSON() as JsonValue | undefined
  const found = findInLists(content, name)
  if (found === undefined) return undefined
  return applyEdit(text, {
    ...edit,
    op: value === undefined ? 'remove' : 'set',
    path: found.path,
    value: `${name}=${value ?? ''}`,
  })
}

/** The last occurrence of a flag in the first list of a pod that has it. */
function findInLists(
  content: JsonValue | undefined,
  name: string,
): { readonly path: JsonPath; readonly word: string } | undefined {
  const containers = valueAt(content, ['spec', 'containers'])
  if (!Array.isArray(containers)) return undefined
  for (const [index, container] of containers.entries()) {
    for (const list of ['command', 'args']) {
      const words = field(container, list)
      if (!Array.isArray(words)) continue
      const at = words.findLastIndex((word) => typeof word === 'string' && flagName(word) === name)
      if (at >= 0) return { path: ['spec', 'containers', index, list, at], word: asString(words[at]) ?? '' }
    }
  }
  return undefined
}

/** The name in front of `=`, with hyphens: components take both. */
function flagName(word: string): string {
  return (word.split('=', 1)[0] ?? '').replaceAll('_', '-')
}

/** Adds a flag to the arguments of the component that the edit's path names before the flag. */
function addToList(text: string, edit: Edit, name: string, value: string | undefined): string | undefined {
  const component = edit.path.length > 1 ? asString(edit.path[0]) : undefined
  if (component === undefined || value === undefined) return undefined
  const { root, path } = locateObject(documentsOf(text), edit)
  const content = nodeAt(root, path)?.toJSON() as JsonValue | undefined
  const containers = valueAt(content, ['spec', 'containers'])
  if (!Array.isArray(containers)) return undefined
  const index = containers.findIndex((container) => {
    const [program] = ['command', 'args'].flatMap((key) => asList(field(container, key)))
    return posix.basename(asString(program) ?? '') === component
  })
  if (index < 0) return undefined
  const list = asList(field(containers[index], 'args')).length > 0 ? 'args' : 'command'
  return applyEdit(text, {
    ...edit,
    op: 'append',
    path: ['spec', 'containers', index, list],
    value: `${name}=${value}`,
  })
}

/** Adds a flag to a file that holds one flag of the named component a line. */
function addLine(text: string, edit: Edit, name: string, value: string | undefined): string | undefined {
  if (value === undefined || edit.path.length < 2 || posix.basename(edit.file) !== edit.path[0])
    return undefined
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${name}=${value}\n`
}

function documentsOf(text: string): readonly Document[] {
  const documents = parseForEdit(text)
  if (documents === undefined) throw new EditRefused('the file cannot be parsed')
  return documents
}

interface Located {
  readonly document: Document
  readonly root: Node
  readonly path: JsonPath
}

/** The document and the path inside it where the edit's object stands; lists are looked into. */
function locateObject(documents: readonly Document[], edit: Edit): Located {
  for (const document of documents) {
    const root = document.contents
    if (root === null) continue
    if (edit.object === undefined) return { document, root, path: [] }
    const content = document.toJSON() as JsonValue
    if (isNamed(content, edit.object)) return { document, root, path: [] }
    const items = isMap(root) ? field(content, 'items') : undefined
    if (!Array.isArray(items)) continue
    const index = items.findIndex((item) => edit.object !== undefined && isNamed(item, edit.object))
    if (index >= 0) return { document, root, path: ['items', index] }
  }
  throw new EditRefused('the object is not in the file')
}

function isNamed(content: JsonValue, ref: ObjectRef): boolean {
  const metadata = isObject(content) ? content.metadata : undefined
  const apiVersion = asString(field(content, 'apiVersion')) ?? ''
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  return (
    field(content, 'kind') === ref.kind &&
    group === ref.group &&
    (asString(field(metadata, 'name')) ?? '') === ref.name &&
    (asString(field(metadata, 'namespace')) ?? '') === ref.namespace
  )
}

/** INVARIANT: read again, the text holds what was asked, and everything else as it was. */
function verify(before: readonly Document[], edited: string, edit: Edit, at: JsonPath): void {
  const wanted = before.map((document) => {
    const content = document.toJSON() as JsonValue
    return document === locateObject(before, edit).document ? changed(content, at, edit) : content
  })
  const held = documentsOf(edited).map((document) => document.toJSON() as JsonValue)
  if (!isDeepStrictEqual(held, wanted)) {
    throw new EditRefused('the change could not be made without touching more of the file')
  }
}

/** A value with the change made in memory. */
function changed(content: JsonValue | undefined, [step, ...rest]: JsonPath, edit: Edit): JsonValue {
  if (step === undefined) {
    const value = edit.value ?? null
    return edit.op === 'append' ? [...asList(content), value] : value
  }
  const gone = edit.op === 'remove' && rest.length === 0
  if (Array.isArray(content)) {
    const index = Number(step)
    const inner = gone ? [] : [changed(content[index], rest, edit)]
    return [...content.slice(0, index), ...inner, ...content.slice(index + 1)]
  }
  const map = asObject(content)
  const inner = gone ? [] : [[String(step), changed(map[step], rest, edit)] as const]
  return Object.fromEntries([...Object.entries(map).filter(([key]) => key !== String(step)), ...inner])
}
