/** A piece of a file. Offset in bytes from the file's beginning, line and column (in bytes) from 1. */
export interface RawPart {
  readonly format: 'yaml' | 'json'
  readonly bytes: Buffer
  readonly offset: number
  readonly line: number
  readonly column: number
  /** How deep the brackets of a JSON piece nest. */
  readonly depth?: number
}

/** The end of one document of a file. */
export interface RawDocument {
  readonly format: 'yaml' | 'json'
  readonly offset: number
  readonly length: number
  readonly line: number
  readonly column: number
  /** The document without the members of its top-level `items`, or missing when it is larger than `MAX_PART`. */
  readonly shell?: RawPart
  /** The whole document, where it is small enough to have been kept. */
  readonly whole?: RawPart
  /** Whether members of `items` were given one by one before this. */
  readonly listed: boolean
  /** A member of a bare JSON list (`[{...}, {...}]`), each of which is given as a document. */
  readonly inArray?: boolean
  /** Where the file ended although brackets were still open. */
  readonly cut?: { readonly line: number; readonly column: number }
}

/** Hears of the pieces of a file in order. The bytes are valid only during the call. */
export interface PartSink {
  /** One member of the top-level `items` of the document that is being read. */
  item(part: RawPart): void
  document(document: RawDocument): void
  /** A piece, or a document, that is larger than `MAX_PART`: its bytes were not kept. */
  tooLarge(place: { readonly line: number; readonly column: number }): void
  /** Text between JSON documents that is not JSON. */
  notJson(place: { readonly line: number; readonly column: number }): void
}

/** Takes the bytes of one file in pieces of any size. */
export interface Splitter {
  push(chunk: Buffer): void
  end(): void
}

/** Larger single objects are refused: etcd itself stores no object above 1.5 MiB. */
export const MAX_PART = 16 * 1024 * 1024

/** A document with `items` is kept whole up to this size, for the case that it is not a list after all. */
export const MAX_WHOLE = 8 * 1024 * 1024
