import { realpath, stat } from 'node:fs/promises'
import { glob } from 'tinyglobby'
import type { KubeObject, Problem, SourceSummary, TextProvider } from '../../model/index.js'
import { fileTexts, findFiles, readObjectFile, readObjectStream, refusalOf } from '../objects/index.js'

export interface ReadManifestsOptions {
  /** What `-` stands for. */
  readonly stdin?: AsyncIterable<Uint8Array | string>
  /** Folders (absolute paths) that another source reads. */
  readonly skipFolders?: ReadonlySet<string>
  /** Hears how far reading is, for people who wait. */
  readonly onProgress?: (text: string) => void
}

export interface ManifestsRead {
  readonly objects: KubeObject[]
  readonly problems: Problem[]
  /** One for each path given. */
  readonly summary: SourceSummary[]
  readonly texts: TextProvider
  /** Documents that are no Kubernetes objects and do not try to be (values files, pipelines). */
  readonly skipped: number
}

interface Reading {
  readonly objects: KubeObject[]
  readonly problems: Problem[]
  skipped: number
  readonly files: Set<string>
  /** Real paths: a file that is named twice is read once. */
  readonly seen: Set<string>
  readonly options: ReadManifestsOptions
}

/** What standard input is called in findings. */
const STDIN = '-'

/**
 * Reads manifests from files, folders, globs and standard input (`-`). A file that is reached twice is read once.
 * Never throws on input: what cannot be read is a problem, and the next file follows.
 */
export async function readManifests(
  paths: readonly string[],
  options: ReadManifestsOptions = {},
): Promise<ManifestsRead> {
  const reading: Reading = {
    objects: [],
    problems: [],
    skipped: 0,
    files: new Set(),
    seen: new Set(),
    options,
  }
  const summary: SourceSummary[] = []
  let stdinText: ((offset: number, length: number) => string | undefined) | undefined
  for (const name of new Set(paths)) {
    const before = reading.objects.length
    const skippedBefore = reading.skipped
    const problemsBefore = reading.problems.length
    let files: number
    if (name === STDIN) {
      stdinText = await readStdin(reading)
      files = stdinText === undefined ? 0 : 1
    } else files = await readPath(name, reading)
    const objects = reading.objects.length - before
    if (objects === 0 && files > 0 && reading.problems.length === problemsBefore) {
      reading.problems.push(nothingIn(name, reading.skipped - skippedBefore))
    }
    summary.push({ kind: 'manifests', name, objects, files, complete: false })
  }
  const onDisk = fileTexts(reading.files)
  return {
    objects: reading.objects,
    problems: reading.problems,
    summary,
    skipped: reading.skipped,
    texts: {
      read: (slice) => (slice.file === STDIN ? stdinText?.(slice.offset, slice.length) : onDisk.read(slice)),
    },
  }
}

async function readStdin(
  reading: Reading,
): Promise<((offset: number, length: number) => string | undefined) | undefined> {
  const { stdin } = reading.options
  if (stdin === undefined) return undefined
  const read = await readObjectStream(stdin, STDIN, 'manifest')
  take(reading, read)
  return read.text
}

/** Gives the number of files read. */
async function readPath(name: string, reading: Reading): Promise<number> {
  const files = await filesOf(name, reading)
  let count = 0
  for (const file of files) {
    const real = await realpath(file).catch(() => file)
    if (reading.seen.has(real)) continue
    reading.seen.add(real)
    reading.options.onProgress?.(`reading ${file}`)
    const read = await readObjectFile(file, 'manifest')
    take(reading, read)
    reading.files.add(file)
    if (read.readable) count += 1
  }
  return count
}

function take(
  reading: Reading,
  read: { readonly objects: KubeObject[]; readonly problems: Problem[]; readonly skipped: number },
): void {
  // Not by spreading: a list of 100,000 arguments is more than a stack holds.
  for (const object of read.objects) reading.objects.push(object)
  for (const problem of read.problems) reading.problems.push(problem)
  reading.skipped += read.skipped
}

async function filesOf(name: string, { problems, options }: Reading): Promise<string[]> {
  try {
    const found = await stat(name)
    if (!found.isDirectory()) return [name]
    const inside = await findFiles(name, options.skipFolders)
    problems.push(...inside.problems)
    return inside.files
  } catch (error) {
    if (!/[*?[{]/.test(name)) {
      problems.push(refusalOf(name, error))
      return []
    }
  }
  const matching = await glob(name, {
    ignore: ['**/node_modules/**', '**/.git/**'],
    followSymbolicLinks: false,
  }).catch(() => [])
  if (matching.length === 0) {
    problems.push({ code: 'unreadable', message: 'no file matches', level: 'error', place: { file: name } })
  }
  return matching.sort()
}

function nothingIn(name: string, skipped: number): Problem {
  const what = skipped === 1 ? 'one document, which is' : `${skipped} documents, which are`
  const message = `holds ${what} no Kubernetes object (\`apiVersion\` and \`kind\` are missing)`
  return {
    code: 'unknown-format',
    message: skipped === 0 ? 'holds no Kubernetes object' : message,
    level: 'warning',
    place: { file: name },
  }
}
