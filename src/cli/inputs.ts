import { InvalidArgumentError, type Command } from 'commander'
import { RampartError, type Estate } from '../model/index.js'
import type { CommandContext } from './command-context.js'

/** The options that say what to read; the same for every command that reads an estate. */
export interface InputOptions {
  readonly hostRoot?: string[]
  readonly host?: boolean
  readonly ps?: string
  readonly strict?: boolean
}

/** Adds `[path...]` and the host options to a command. */
export function addInputs(command: Command): Command {
  return addHostOptions(
    command.argument(
      '[path...]',
      'manifests, folders, globs, kubectl exports, cluster-info dumps, snapshots, host roots; - is standard input',
    ),
  )
}

/** Adds the host options alone. */
export function addHostOptions(command: Command): Command {
  return command
    .option('--host-root <dir>', 'root of a host: a mounted disk or a copy (may be repeated)', collect)
    .option('--host', 'this machine (the same as --host-root /)')
    .option('--ps <file>', "a saved `ps -efww` or `ps auxww` of the host, where its /proc can't be read")
    .option('--strict', 'end with exit code 2 when any input cannot be read')
}

/** Reads what the user named. Nothing named, or nothing readable, ends the command with exit code 2. */
export async function readInputs(
  paths: readonly string[],
  options: InputOptions,
  { terminal }: CommandContext,
): Promise<Estate> {
  const hostRoots = [...(options.hostRoot ?? []), ...(options.host === true ? ['/'] : [])]
  if (paths.length === 0 && hostRoots.length === 0 && options.ps === undefined) {
    throw new RampartError(
      'usage',
      'nothing to read: name files, folders or `-`, or use --host-root DIR or --host (see --help)',
    )
  }
  const { readEstate } = await import('../sources/index.js')
  const estate = await readEstate({
    paths,
    hostRoots,
    ...(options.ps === undefined ? {} : { ps: options.ps }),
    ...(terminal.interactive ? { onProgress: (text: string) => terminal.err(`\r\x1b[K${text}`) } : {}),
  })
  if (terminal.interactive) terminal.err('\r\x1b[K')
  const errors = estate.problems.filter((problem) => problem.level === 'error')
  if (estate.objects.length === 0 && estate.hosts.length === 0) {
    throw new RampartError('no-input', noInput(estate))
  }
  if (options.strict === true && errors.length > 0) {
    throw new RampartError(
      'unreadable-input',
      `${errors.length} inputs could not be read (--strict):\n${listProblems(errors)}`,
    )
  }
  return estate
}

function noInput(estate: Estate): string {
  const found = 'nothing to judge was found: no Kubernetes object and no host'
  return estate.problems.length === 0 ? found : `${found}\n${listProblems(estate.problems)}`
}

function listProblems(problems: Estate['problems']): string {
  const lines = problems.slice(0, 10).map(formatProblem)
  if (problems.length > 10) lines.push(`  and ${problems.length - 10} more`)
  return lines.join('\n')
}

/** `  web.yaml:3:5: message`. */
export function formatProblem({ place, message }: Estate['problems'][number]): string {
  const line =
    place.line === undefined ? '' : `:${place.line}${place.column === undefined ? '' : `:${place.column}`}`
  return `  ${place.file}${line}: ${message}`
}

/** For options that may be repeated. */
export function collect(value: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), value]
}

/** For options with a fixed set of values, with the values in the message. */
export function oneOf<T extends string>(values: readonly T[]): (value: string) => T {
  return (value) => {
    if ((values as readonly string[]).includes(value)) return value as T
    throw new InvalidArgumentError(`It must be one of ${values.join(', ')}.`)
  }
}
