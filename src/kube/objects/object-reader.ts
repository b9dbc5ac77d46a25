import {
  isObject,
  type JsonObject,
  type JsonValue,
  type KubeObject,
  type ObjectSource,
  type Problem,
  type ProblemCode,
  type TextSlice,
} from '../../model/index.js'
import {
  HEAD_LENGTH,
  MAX_PART,
  splitterFor,
  textKind,
  type PartSink,
  type RawDocument,
  type RawPart,
  type Splitter,
  type TextProblem,
  type TextValue,
} from '../../text/index.js'
import { LeafPool } from './leaf-pool.js'
import { readJsonPart, readPart, readYamlPart } from './read-part.js'
import { redactObject } from './redact-object.js'
import {
  collectForeign,
  collectObjects,
  inheritedFrom,
  isList,
  listSeen,
  type ForeignObject,
  type ListSeen,
  type ObjectSink,
} from './collect-objects.js'

export interface ObjectReaderOptions {
  /** The file as the user named it. */
  readonly file: string
  readonly source: ObjectSource
  readonly host?: string
  /** Documents of another program that belong into an estate too. */
  readonly foreign?: ForeignDocuments
}

/** Another program's documents: known one by one, and settled once the whole file was read. */
export interface ForeignDocuments {
  readonly recognise: (content: JsonObject) => ForeignObject | undefined
  /** What only the file's other objects say of an object. */
  readonly settle: (objects: readonly KubeObject[]) => KubeObject[]
}

/** What a file held. */
export interface ObjectsRead {
  readonly objects: KubeObject[]
  readonly problems: Problem[]
  readonly lists: ListSeen[]
  /** Documents that are no Kubernetes objects and do not try to be. */
  readonly skipped: number
}

interface Member {
  readonly value: JsonValue
  readonly slice: TextSlice
}

const MAX_PROBLEMS = 100
const MANY = 2000

/**
 * Reads the objects of one file from its bytes, given in pieces of any size: YAML and JSON, many documents, lists of
 * any length. What cannot be read becomes a problem with its line, and reading goes on behind it. Never throws on
 * input. Memory: the objects themselves, and at most some 50 MB beside them.
 */
export class ObjectReader {
  private readonly objects: KubeObject[] = []
  private readonly problems: Problem[] = []
  private readonly lists: ListSeen[] = []
  private skipped = 0
  private unlisted = 0
  private head: Buffer = Buffer.alloc(0)
  private splitter: Splitter | undefined
  private refused = false
  private template = false
  private members: Member[] = []
  private memberProblems: Problem[] = []
  private readonly pool = new LeafPool()

  constructor(private readonly options: ObjectReaderOptions) {}

  /** Takes the next bytes. `wantsMore` in the answer is false when the rest need not be read. */
  push(chunk: Buffer): { readonly wantsMore: boolean } {
    if (this.splitter !== undefined) this.splitter.push(chunk)
    else if (!this.refused) {
      this.head = this.head.length === 0 ? chunk : Buffer.concat([this.head, chunk])
      if (this.head.length >= HEAD_LENGTH) this.begin()
    }
    return { wantsMore: !this.refused }
  }

  /** To be called once, behind the last bytes. */
  end(): ObjectsRead {
    if (this.splitter === undefined && !this.refused) this.begin()
    this.splitter?.end()
    if (this.unlisted > 0) {
      this.problems.push(
        this.problem('syntax', `${this.unlisted} further problems of this file are not listed`, {
          line: 1,
          column: 1,
        }),
      )
    }
    const { problems, lists, skipped } = this
    const objects = this.options.foreign?.settle(this.objects) ?? this.objects
    return { objects, problems, lists, skipped }
  }

  private begin(): void {
    const kind = textKind(this.head.subarray(0, HEAD_LENGTH))
    if (kind === 'binary' || kind === 'utf-16') {
      this.refused = true
      const message =
        kind === 'utf-16'
          ? 'the file is in UTF-16: save it in UTF-8'
          : 'the file holds zero bytes: it is not a text'
      this.report(this.problem('not-text', message, { line: 1, column: 1 }))
      return
    }
    this.splitter = splitterFor(kind, this.partSink())
    this.splitter.push(this.head)
    this.head = Buffer.alloc(0)
  }

  private partSink(): PartSink {
    return {
      item: (part) => this.readMember(part),
      document: (document) => this.finishDocument(document),
      tooLarge: (place) => {
        const message = `larger than ${MAX_PART / 1024 / 1024} MiB: left out`
        this.report(this.problem('too-large', message, place))
      },
      notJson: (place) =>
        this.report(this.problem('syntax', 'text between JSON documents that is not JSON', place)),
    }
  }

  private readMember(part: RawPart): void {
    const read = part.format === 'json' ? readJsonPart(part) : readYamlPart(part)
    for (const problem of read.problems) this.memberProblems.push(this.problemAt(problem, part))
    if (read.value === undefined) return
    const slice = this.sliceOf(part)
    const isDash = part.format === 'yaml' && Array.isArray(read.value)
    const value = isDash ? (read.value[0] ?? null) : read.value
    // Redacted at once: a list of Secrets may be long, and copies of whole objects in annotations are heavy.
    this.members.push({
      value: this.thrifty(isObject(value) ? redactObject(value) : value),
      slice: isDash ? { ...slice, path: [0] } : slice,
    })
  }

  private finishDocument(document: RawDocument): void {
    const { members, memberProblems } = this
    this.members = []
    this.memberProblems = []
    if (!document.listed) {
      if (document.shell !== undefined)
        this.takeWhole(readPart(document.shell), document.shell, document.inArray)
      return
    }
    const shell = document.shell === undefined ? undefined : readPart(document.shell)
    const header = isObject(shell?.value) ? shell.value : undefined
    const notList = header !== undefined && !isList(header)
    const incomplete = document.format === 'yaml' && (header === undefined || memberProblems.some(isError))
    if ((notList || incomplete) && document.whole !== undefined) {
      // Not a list after all, or its parts need one another (anchors): read in one piece.
      const whole = readPart(document.whole)
      if (whole.value !== undefined || members.length === 0) return this.takeWhole(whole, document.whole)
    }
    for (const problem of memberProblems) this.report(problem)
    if (document.cut !== undefined) {
      this.report(this.problem('syntax', 'the file ends in the middle of a list', document.cut))
    } else if (shell !== undefined) {
      for (const problem of shell.problems) this.report(this.problemAt(problem, document))
    }
    this.takeMembers(members, header, document)
  }

  private takeMembers(
    members: readonly Member[],
    header: JsonObject | undefined,
    document: RawDocument,
  ): void {
    if (header !== undefined && !isList(header)) {
      if (members.some(({ value }) => isObject(value) && 'kind' in value)) {
        const message = 'a document with long `items` that is not a list of objects: left out'
        this.report(this.problem('not-an-object', message, document))
      } else this.skipped += 1
      return
    }
    const inherited = header === undefined ? undefined : inheritedFrom(header)
    const sink = this.objectSink()
    for (const { value, slice } of members) collectObjects(value, slice, sink, inherited, 1)
    this.lists.push(
      listSeen(
        header ?? {},
        members.map(({ value }) => value),
        header === undefined,
      ),
    )
  }

  private takeWhole(read: TextValue<JsonValue>, part: RawPart, inArray = false): void {
    for (const problem of read.problems) this.reportOrTemplate(problem, part)
    if (read.value !== undefined && inArray) {
      // No tool of Kubernetes takes a bare list: of its members only those of other programs count.
      collectForeign(read.value, this.sliceOf(part), this.objectSink())
    } else if (read.value !== undefined) {
      collectObjects(this.thrifty(read.value), this.sliceOf(part), this.objectSink())
    }
  }

  /** Memory matters only where there are many objects. */
  private thrifty(value: JsonValue): JsonValue {
    const many = this.objects.length + this.members.length >= MANY
    return many && isObject(value) ? this.pool.shareParts(value) : value
  }

  private sliceOf({ format, offset, bytes, line, column }: RawPart): TextSlice {
    return { file: this.options.file, format, offset, length: bytes.length, line, column }
  }

  private objectSink(): ObjectSink {
    return {
      source: this.options.source,
      ...(this.options.host === undefined ? {} : { host: this.options.host }),
      ...(this.options.foreign === undefined ? {} : { foreign: this.options.foreign.recognise }),
      object: (object) => this.objects.push(object),
      list: (list) => this.lists.push(list),
      skipped: () => {
        this.skipped += 1
      },
      refused: (message, level, slice) => this.report(this.problem('not-an-object', message, slice, level)),
    }
  }

  private problem(
    code: ProblemCode,
    message: string,
    place: { readonly line: number; readonly column: number },
    level: 'error' | 'warning' = 'error',
  ): Problem {
    return {
      code,
      message,
      level,
      place: { file: this.options.file, line: place.line, column: place.column },
    }
  }

  private problemAt(problem: TextProblem, part: { readonly line: number; readonly column: number }): Problem {
    const line = part.line + problem.line - 1
    const column = problem.line === 1 ? part.column + problem.column - 1 : problem.column
    return this.problem(problem.code, problem.message, { line, column }, problem.level)
  }

  /** Sources of Helm charts are not YAML before they are rendered: one word about it for a file, not one a line. */
  private reportOrTemplate(problem: TextProblem, part: RawPart): void {
    if (problem.level !== 'error' || problem.code !== 'syntax' || !part.bytes.includes('{{')) {
      return this.report(this.problemAt(problem, part))
    }
    if (this.template) return
    this.template = true
    const message = 'templates are not rendered: give the output of `helm template` instead of this source'
    this.report({ ...this.problemAt(problem, part), code: 'unknown-format', level: 'warning', message })
  }

  private report(problem: Problem): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push(problem)
    else this.unlisted += 1
  }
}

function isError(problem: Problem): boolean {
  return problem.level === 'error'
}
