import { isUtf8 } from 'node:buffer'
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
  MAX_DEPTH,
  MAX_PART,
  readJson,
  readYaml,
  splitterFor,
  textKind,
  type PartSink,
  type RawDocument,
  type RawPart,
  type Splitter,
  type TextProblem,
  type TextValue,
} from '../../text/index.js'
import {
  collectObjects,
  inheritedFrom,
  isList,
  listSeen,
  type ListSeen,
  type ObjectSink,
} from './collect-objects.js'

export interface ObjectReaderOptions {
  /** The file as the user named it. */
  readonly file: string
  readonly source: ObjectSource
  readonly host?: string
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

/** Keys that stand twice are looked for up to this offset: what is longer was written by a server, not by hand. */
const CHECKED_KEYS = 4 * 1024 * 1024

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
    const { objects, problems, lists, skipped } = this
    return { objects, problems, lists, skipped }
  }

  private begin(): void {
    const kind = textKind(this.head)
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
    let format: 'yaml' | 'json' = 'yaml'
    return {
      item: (part) => {
        format = part.depth === undefined ? 'yaml' : 'json'
        this.readMember(part, format)
      },
      document: (document) => this.finishDocument(document),
      tooLarge: (place) => {
        const message = `larger than ${MAX_PART / 1024 / 1024} MiB without end: left out`
        this.report(this.problem('too-large', message, place))
      },
      notJson: (place) =>
        this.report(this.problem('syntax', 'text between JSON documents that is not JSON', place)),
    }
  }

  private readMember(part: RawPart, format: 'yaml' | 'json'): void {
    const read = this.read(part, format)
    const problems = read.problems.map((problem) => this.problemAt(problem, part))
    this.memberProblems.push(...problems)
    const slice = this.sliceOf(part, part.bytes.length, format)
    if (read.value === undefined) return
    if (format === 'json') this.members.push({ value: read.value, slice })
    else if (Array.isArray(read.value)) {
      this.members.push({ value: read.value[0] ?? null, slice: { ...slice, path: [0] } })
    }
  }

  private finishDocument(document: RawDocument): void {
    const { members, memberProblems } = this
    this.members = []
    this.memberProblems = []
    const sink = this.objectSink()
    const shell = document.shell
    const shellRead = shell === undefined ? { problems: [] } : this.read(shell, document.format)
    if (!document.listed) {
      if (shell === undefined) return
      return this.takeWhole(shellRead, shell, document.format)
    }
    const header = isObject(shellRead.value) ? shellRead.value : undefined
    const failed = memberProblems.some((problem) => problem.level === 'error')
    if (document.whole !== undefined && (header === undefined || !isList(header) || failed)) {
      // Not a list after all, or its members need one another (anchors): read in one piece.
      const whole = this.read(document.whole, document.format)
      if (whole.value !== undefined || header === undefined || !isList(header)) {
        if (whole.value !== undefined || members.length === 0) {
          return this.takeWhole(whole, document.whole, document.format)
        }
      }
    }
    for (const problem of memberProblems) this.report(problem)
    for (const problem of shellRead.problems) {
      // What ends early ends behind the members, not where the shell's own text ends.
      this.report(this.problemAt(problem, shell ?? document))
    }
    this.takeMembers(members, header, document, sink)
  }

  private takeMembers(
    members: readonly Member[],
    header: JsonObject | undefined,
    document: RawDocument,
    sink: ObjectSink,
  ): void {
    if (header !== undefined && !isList(header)) {
      if (members.some(({ value }) => isObject(value) && 'kind' in value)) {
        const message = 'a document with long `items` that is not a list of objects: left out'
        this.report(this.problem('not-an-object', message, document))
      } else this.skipped += 1
      return
    }
    const inherited = header === undefined ? undefined : inheritedFrom(header)
    for (const { value, slice } of members) collectObjects(value, slice, sink, inherited, 1)
    this.lists.push(
      listSeen(
        header ?? {},
        members.map(({ value }) => value),
        header === undefined,
      ),
    )
  }

  private takeWhole(read: TextValue<JsonValue>, part: RawPart, format: 'yaml' | 'json'): void {
    for (const problem of read.problems) this.reportOrTemplate(problem, part)
    if (read.value === undefined) return
    collectObjects(read.value, this.sliceOf(part, part.bytes.length, format), this.objectSink())
  }

  private read(part: RawPart, format: 'yaml' | 'json'): TextValue<JsonValue> {
    if (!isUtf8(part.bytes)) return failure('not-text', 'bytes that are not UTF-8: not a text')
    if ((part.depth ?? 0) > MAX_DEPTH) return failure('too-deep', `nests deeper than ${MAX_DEPTH} levels`)
    const text = part.bytes.toString('utf8')
    if (format === 'json') {
      const json = readJson(text, { checkKeys: part.offset < CHECKED_KEYS, depthKnown: true })
      // A flow mapping of YAML begins like JSON.
      if (json.value !== undefined || text.length > MAX_PART / 16) return json
      const yaml = readYaml(text)
      return yaml.value === undefined ? json : yaml
    }
    if (isOnlyDirectives(text)) return { value: null, problems: [] }
    if (/^\s*[{[]/.test(text.slice(0, 1000))) {
      const json = readJson(text, { checkKeys: true })
      if (json.value !== undefined) return json
    }
    return readYaml(text)
  }

  private sliceOf(part: RawPart, length: number, format: 'yaml' | 'json'): TextSlice {
    const { offset, line, column } = part
    return { file: this.options.file, format, offset, length, line, column }
  }

  private objectSink(): ObjectSink {
    return {
      source: this.options.source,
      ...(this.options.host === undefined ? {} : { host: this.options.host }),
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

function failure(code: ProblemCode, message: string): TextValue<JsonValue> {
  return { problems: [{ code, level: 'error', message, line: 1, column: 1 }] }
}

/** `%YAML 1.1` in front of the first `---` stands in a piece of its own. */
function isOnlyDirectives(text: string): boolean {
  return text.startsWith('%') && text.split('\n').every((line) => /^\s*$|^[%#]/.test(line))
}
