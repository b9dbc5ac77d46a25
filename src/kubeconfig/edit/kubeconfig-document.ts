import {
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  Scalar,
  visit,
  YAMLMap,
  YAMLSeq,
  type Document,
  type Node,
} from 'yaml'
import { readYaml } from '../../text/index.js'
import { isObject, RampartError, type JsonObject, type JsonValue } from '../../model/index.js'
import { readKubeconfig } from '../decode/read-kubeconfig.js'

/** The lists of a kubeconfig, and what each item holds beside its name. */
export const INNER = { clusters: 'cluster', users: 'user', contexts: 'context' } as const
export type EntryList = keyof typeof INNER

const EMPTY = 'apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\ncurrent-context: ""\nusers: []\n'

/** A kubeconfig's text while it is changed: comments, order, and fields that nobody here knows stay. */
export class KubeconfigDocument {
  private readonly document: Document

  constructor(private readonly text: string) {
    const documents = parseAllDocuments(text.trim() === '' ? EMPTY : text, { uniqueKeys: false })
    const [first, ...more] = Array.isArray(documents) ? documents : []
    if (first === undefined || more.length > 0)
      throw new RampartError('unreadable-input', 'it holds several documents: only one can be changed')
    if (first.contents === null) first.contents = first.createNode({}) as unknown as typeof first.contents
    this.document = first
  }

  setCurrentContext(name: string): void {
    const here = this.document.get('current-context', true)
    if (isScalar(here)) setText(here, name)
    else this.document.set('current-context', this.node(name))
  }

  /** Where the file says this context, it says none any more. */
  clearCurrentContext(name: string): void {
    if (this.document.get('current-context') === name) this.setCurrentContext('')
  }

  /** Brings an entry from what it was to what it is to be; a new one is added at the end. */
  setEntry(list: EntryList, name: string, before: JsonObject | undefined, after: JsonObject): void {
    const inner = this.innerOf(list, name)
    if (inner === undefined) this.list(list).add(this.node({ name, [INNER[list]]: after }))
    else this.change(inner, before ?? {}, after)
  }

  /** Adds a whole item, as it stands in another file. */
  addItem(list: EntryList, item: JsonObject): void {
    this.list(list).add(this.node(item))
  }

  removeEntry(list: EntryList, name: string): void {
    const found = this.document.get(list)
    if (!isSeq(found)) return
    found.items = found.items.filter((item) => !(isMap(item) && item.get('name') === name))
  }

  /** An item with everything that stands in it. */
  item(list: EntryList, name: string): JsonObject | undefined {
    const found = this.itemNode(list, name)?.toJS(this.document) as unknown
    return isObject(found) ? found : undefined
  }

  /** The text as it is to be written. Throws where it would be none that kubectl reads. */
  toString(): string {
    const text = this.document.toString({
      lineWidth: 0,
      indentSeq: !/^[\w-]+:[^\n]*\n- /m.test(this.text) && this.text.trim() !== '',
      flowCollectionPadding: /\{ /.test(this.text),
    })
    const { fault } = readKubeconfig(text)
    if (fault !== undefined) throw new RampartError('unreadable-input', fault.message)
    return text
  }

  private change(map: YAMLMap, before: JsonObject, after: JsonObject): void {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const [old, wanted] = [before[key], after[key]]
      if (same(old, wanted)) continue
      const here = map.get(key, true)
      if (wanted === undefined) map.delete(key)
      else if (isObject(old) && isObject(wanted) && isMap(here)) this.change(here, old, wanted)
      else if (isScalar(here) && typeof wanted === 'string' && typeof here.value === 'string')
        setText(here, wanted)
      else map.set(key, this.node(wanted))
    }
  }

  private node(value: JsonValue): Node {
    const made = this.document.createNode(value) as Node
    visit(made, {
      Scalar: (_key, scalar) => {
        if (typeof scalar.value === 'string') setText(scalar, scalar.value)
      },
    })
    return made
  }

  private list(list: EntryList): YAMLSeq {
    const found = this.document.get(list)
    if (isSeq(found)) {
      // An empty list in brackets would stay in brackets for ever.
      if (found.items.length === 0) found.flow = false
      return found
    }
    const made = new YAMLSeq()
    this.document.set(list, made)
    return made
  }

  private itemNode(list: EntryList, name: string): YAMLMap | undefined {
    const found = this.document.get(list)
    if (!isSeq(found)) return undefined
    return found.items.find((item): item is YAMLMap => isMap(item) && item.get('name') === name)
  }

  private innerOf(list: EntryList, name: string): YAMLMap | undefined {
    const item = this.itemNode(list, name)
    if (item === undefined) return undefined
    const inner = item.get(INNER[list])
    if (isMap(inner)) return inner
    const made = new YAMLMap()
    item.set(INNER[list], made)
    return made
  }
}

/** go-yaml takes `n`, `on` and `0123` for something else than texts: these are quoted. */
function setText(scalar: Scalar, text: string): void {
  scalar.value = text
  const plain = scalar.type === undefined || scalar.type === Scalar.PLAIN
  if (plain && typeof readYaml(text).value !== 'string') scalar.type = Scalar.QUOTE_DOUBLE
}

function same(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
