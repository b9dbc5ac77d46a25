import type { Argument } from '../model/index.js'
import type { ServiceVariable, UnitText } from './systemd-service.js'
import { systemdWords, type UnitWord } from './systemd-words.js'

/** One command line of a service as systemd would run it. */
export interface ExecLine {
  readonly executable: string
  /** Without the program; each with the file and line that it came from. */
  readonly args: readonly Argument[]
  /** Variables and specifiers whose values are not known. */
  readonly unresolved: readonly string[]
}

export interface ExecContext {
  /** The last one of a name wins. */
  readonly variables: readonly ServiceVariable[]
  /** Whether a variable that is in no file is known to be empty. */
  readonly variableUnknown: (name: string) => boolean
  /** `kubelet.service`, `etcd@one.service`. */
  readonly unit: string
  readonly hostname?: string
}

/** Variables that systemd itself sets. Source: systemd.exec(5), Environment Variables Set or Propagated. */
const SET_BY_SYSTEMD =
  /^(?:PATH|LANG|USER|LOGNAME|HOME|SHELL|INVOCATION_ID|XDG_RUNTIME_DIR|MAINPID|MANAGERPID|LISTEN_.*|NOTIFY_SOCKET|\w+_DIRECTORY)$/

/**
 * The command lines of `ExecStart=` values: prefixes, quotes, specifiers and variables (`$X` as a word of its own
 * splits at blanks, `${X}` stays one word, `$$` is a dollar sign). Values longer than 1 MiB end there.
 * Source: systemd.service(5), COMMAND LINES; systemd v257 src/basic/env-util.c, replace_env_argv.
 */
export function execLines(texts: readonly UnitText[], context: ExecContext): ExecLine[] {
  return texts.flatMap(({ file, value }) =>
    commandsOf(systemdWords(value)).flatMap((words) => {
      const line = execLine(words, file, context)
      return line === undefined ? [] : [line]
    }),
  )
}

/** `;` as a word of its own begins a further command; `\;` is that sign. */
function commandsOf(words: readonly UnitWord[]): UnitWord[][] {
  const commands: UnitWord[][] = [[]]
  for (const word of words) {
    if (word.value === ';') commands.push([])
    else commands.at(-1)?.push(word.value === '\\;' ? { ...word, value: ';' } : word)
  }
  return commands.filter((command) => command.length > 0)
}

function execLine(words: readonly UnitWord[], file: string, context: ExecContext): ExecLine | undefined {
  const [first, ...rest] = words
  if (first === undefined) return undefined
  const prefix = /^[-@:+!|]*/.exec(first.value)?.[0] ?? ''
  const expansion = new Expansion(context, prefix.includes(':'))
  const executable = expansion.specifiers(first.value.slice(prefix.length))
  // `@` says that the next word is the process's own name, which is no argument.
  const args = (prefix.includes('@') ? rest.slice(1) : rest).flatMap((word) => expansion.words(word, file))
  return { executable, args, unresolved: [...expansion.unresolved] }
}

const LARGEST = 1024 * 1024

class Expansion {
  readonly unresolved = new Set<string>()
  private readonly variables: ReadonlyMap<string, ServiceVariable>
  private size = 0

  constructor(
    private readonly context: ExecContext,
    private readonly literal: boolean,
  ) {
    this.variables = new Map(context.variables.map((variable) => [variable.name, variable]))
  }

  words(word: UnitWord, file: string): Argument[] {
    const { line, column } = word.place
    const text = this.specifiers(word.value)
    const own = (value: string): Argument => ({ value, file, line, column })
    if (this.literal) return [own(text)]
    if (/^\$[^{$]/.test(text)) return this.split(text.slice(1), own)
    return [own(this.inside(text))]
  }

  /** A word that is one variable becomes its words, each at its own place. */
  private split(name: string, own: (value: string) => Argument): Argument[] {
    const variable = this.variables.get(name)
    if (variable === undefined) {
      this.note(name)
      return this.context.variableUnknown(name) || SET_BY_SYSTEMD.test(name) ? [own(`$${name}`)] : []
    }
    if (!this.fits(variable.value.length)) return []
    return systemdWords(variable.value, false).map(({ value, place }) => ({
      value,
      file: variable.file,
      line: place.line,
      column: place.column,
    }))
  }

  private inside(text: string): string {
    return text.replace(/\$\$|\$\{([A-Za-z_]\w*)\}/g, (whole, name: string | undefined) => {
      if (name === undefined) return '$'
      const variable = this.variables.get(name)
      if (variable !== undefined) return this.fits(variable.value.length) ? variable.value.text : ''
      this.note(name)
      return this.context.variableUnknown(name) || SET_BY_SYSTEMD.test(name) ? whole : ''
    })
  }

  private note(name: string): void {
    if (this.context.variableUnknown(name) || SET_BY_SYSTEMD.test(name)) this.unresolved.add(`$${name}`)
  }

  /** `${X}${X}...` of a large variable must not grow without end. */
  private fits(length: number): boolean {
    this.size += length
    if (this.size <= LARGEST) return true
    this.unresolved.add('a variable that is too large')
    return false
  }

  /** Source: systemd.unit(5), SPECIFIERS. */
  specifiers(text: string): string {
    const { unit, hostname } = this.context
    const stem = unit.replace(/\.[a-z]+$/, '')
    const at = stem.indexOf('@')
    const known: Readonly<Record<string, string | undefined>> = {
      '%': '%',
      n: unit,
      N: stem,
      p: at < 0 ? stem : stem.slice(0, at),
      i: at < 0 ? '' : stem.slice(at + 1),
      H: hostname,
      l: hostname?.split('.')[0],
      t: '/run',
      S: '/var/lib',
      C: '/var/cache',
      L: '/var/log',
      E: '/etc',
      h: '/root',
      u: 'root',
    }
    return text.replace(/%([%A-Za-z])/g, (whole, letter: string) => {
      const value = Object.hasOwn(known, letter) ? known[letter] : undefined
      if (value === undefined) this.unresolved.add(whole)
      return value ?? whole
    })
  }
}
