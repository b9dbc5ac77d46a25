import { formatPath, type JsonPath } from '../model/index.js'
import { readGoDocument, type DocNode, type GoDocument } from './go-document.js'

/** A place in one document, from 1. */
export interface DocumentPlace {
  readonly line: number
  readonly column: number
}

/** Why a document is not what a component takes, and where that stands. */
export interface DocumentFault extends DocumentPlace {
  readonly message: string
}

/** What was read of a document, or the first reason why the component would refuse it. */
export type DocumentRead<T> =
  | { readonly value: T; readonly fault?: undefined }
  | { readonly value?: undefined; readonly fault: DocumentFault }

class Refusal extends Error {
  constructor(readonly fault: DocumentFault) {
    super(fault.message)
  }
}

/** One map of a document, asked by field and type. As Go's decoder: what is absent or null is the type's zero value. */
export class DocumentFields {
  constructor(
    readonly node: DocNode,
    private readonly path: JsonPath = [],
  ) {}

  /** The words of a field; empty when absent. */
  text(key: string): string {
    const value = this.scalar(key)
    if (value === undefined) return ''
    return typeof value === 'string' ? value : this.refuse(`must be a text`, key)
  }

  /** Undefined when absent. */
  boolean(key: string): boolean | undefined {
    const value = this.scalar(key)
    return value === undefined || typeof value === 'boolean'
      ? value
      : this.refuse('must be true or false', key)
  }

  /** The texts of a list; a null among them is empty, as Go reads it. */
  texts(key: string): string[] {
    return this.items(key).map((item, index) => {
      if (item.kind === 'scalar' && (item.value === null || typeof item.value === 'string'))
        return item.value ?? ''
      return this.refuse('must be a text', key, index)
    })
  }

  /** The maps of a list; a null among them is one without fields. */
  maps(key: string): DocumentFields[] {
    return this.items(key).map((item, index) => {
      const empty = item.kind === 'scalar' && item.value === null
      if (item.kind !== 'map' && !empty) return this.refuse('must be a map', key, index)
      return new DocumentFields(item, [...this.path, key, index])
    })
  }

  /** Undefined when absent or null. */
  map(key: string): DocumentFields | undefined {
    const node = this.child(key)
    if (node === undefined || isNull(node)) return undefined
    if (node.kind !== 'map') return this.refuse('must be a map', key)
    return new DocumentFields(node, [...this.path, key])
  }

  /** Where a field stands, or the map itself while it is absent. */
  placeOf(key?: string): DocumentPlace {
    const entry = key === undefined || this.node.kind !== 'map' ? undefined : this.node.entries.get(key)
    const { line, column } = entry ?? this.node
    return { line, column }
  }

  /** Stops reading: the component would refuse the document. */
  refuse(message: string, ...keys: JsonPath): never {
    const [key] = keys
    const field = formatPath([...this.path, ...keys])
    const place = this.placeOf(typeof key === 'string' ? key : undefined)
    throw new Refusal({ message: field === '' ? `the file ${message}` : `\`${field}\` ${message}`, ...place })
  }

  private scalar(key: string): string | number | boolean | undefined {
    const node = this.child(key)
    if (node === undefined || isNull(node)) return undefined
    return node.kind === 'scalar' && node.value !== null
      ? node.value
      : this.refuse('must be a single value', key)
  }

  private items(key: string): readonly DocNode[] {
    const node = this.child(key)
    if (node === undefined || isNull(node)) return []
    return node.kind === 'list' ? node.items : this.refuse('must be a list', key)
  }

  private child(key: string): DocNode | undefined {
    return this.node.kind === 'map' ? this.node.entries.get(key)?.value : undefined
  }
}

function isNull(node: DocNode): boolean {
  return node.kind === 'scalar' && node.value === null
}

/** `kind` and `apiVersion` of a document, together. */
export interface DocumentKind {
  readonly kind: string
  readonly apiVersion: string
}

/**
 * Reads a configuration, from its text or from a part of another document: `decode` asks its fields and refuses what the
 * component refuses. `expected` may be left out for formats without a kind. Unknown fields are passed over. Never throws
 * on input.
 */
export function readDocument<T>(
  source: string | DocNode,
  expected: readonly DocumentKind[] | undefined,
  decode: (fields: DocumentFields) => T,
): DocumentRead<T> {
  const { root, error }: Pick<GoDocument, 'root' | 'error'> =
    typeof source === 'string' ? readGoDocument(source) : { root: source }
  if (root === undefined) {
    const { message = 'the file cannot be read', line = 1, column = 1 } = error ?? {}
    return { fault: { message, line, column } }
  }
  try {
    const fields = new DocumentFields(root)
    if (root.kind !== 'map') fields.refuse('must hold an object')
    if (expected !== undefined) expectKind(fields, expected)
    return { value: decode(fields) }
  } catch (refusal) {
    if (refusal instanceof Refusal) return { fault: refusal.fault }
    throw refusal
  }
}

function expectKind(fields: DocumentFields, expected: readonly DocumentKind[]): void {
  const kind = fields.text('kind')
  const versions = expected.filter((each) => each.kind === kind).map((each) => each.apiVersion)
  if (versions.length === 0) fields.refuse(`must be \`${expected[0]?.kind ?? ''}\``, 'kind')
  if (!versions.includes(fields.text('apiVersion'))) {
    fields.refuse(`must be one of ${versions.join(', ')}`, 'apiVersion')
  }
}
