/** One process of a saved `ps`. */
export interface PsProcess {
  readonly pid: number
  readonly user: string
  /** The command line as one text: ps joins the arguments with blanks. */
  readonly command: string
  /** Line of the file, from 1, and the column at which the command begins. */
  readonly line: number
  readonly column: number
  /** The line reaches the width at which ps cut its output, so the end of the command may be missing. */
  readonly cut: boolean
}

export interface PsListing {
  readonly processes: readonly PsProcess[]
  /** Whether a header with PID and CMD or COMMAND was found. */
  readonly recognised: boolean
  /** Columns at which lines were cut, where they were. */
  readonly cutAt?: number
}

/** Widths of terminals and of ps without one. Source: procps-ng ps(1), "undefined (it may be 80, unlimited, ...)". */
const USUAL_WIDTHS = new Set([80, 100, 120, 132, 160])

/**
 * Reads the saved output of `ps -ef`, `ps aux`, `ps -aux` or `ps auxww`: the header tells which columns there are. Lines
 * that do not fit are left out. Never throws.
 */
export function parsePs(text: string): PsListing {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''))
  const at = lines.slice(0, 50).findIndex((line) => headerOf(line) !== undefined)
  const header = headerOf(lines[at] ?? '')
  if (header === undefined) return { processes: [], recognised: false }
  const cutAt = widthOfCut(lines.slice(at))
  const processes: PsProcess[] = []
  lines.slice(at + 1).forEach((line, index) => {
    const read = readLine(line, header)
    if (read === undefined) return
    processes.push({ ...read, line: at + 2 + index, cut: cutAt !== undefined && line.length === cutAt })
  })
  return { processes, recognised: true, ...(cutAt === undefined ? {} : { cutAt }) }
}

interface Header {
  readonly user: number
  readonly pid: number
  /** Number of columns before the command. */
  readonly before: number
}

function headerOf(line: string): Header | undefined {
  const words = line.trim().split(/\s+/)
  const pid = words.indexOf('PID')
  const before = words.findIndex((word) => word === 'CMD' || word === 'COMMAND' || word === 'ARGS')
  if (pid < 0 || before < 0 || before !== words.length - 1) return undefined
  const user = words.findIndex((word) => word === 'USER' || word === 'UID')
  return { user, pid, before }
}

function readLine(line: string, header: Header): Omit<PsProcess, 'line' | 'cut'> | undefined {
  if (line.length > 1_000_000) return undefined
  const columns: string[] = []
  let at = 0
  while (columns.length < header.before) {
    const column = /\S+/y
    at += /^\s*/.exec(line.slice(at, at + 1000))?.[0].length ?? 0
    column.lastIndex = at
    const word = column.exec(line)?.[0]
    if (word === undefined) return undefined
    columns.push(word)
    at += word.length
  }
  const rest = line.slice(at)
  const start = rest.length - rest.trimStart().length
  const command = rest.trim()
  const pid = Number(columns[header.pid])
  if (command === '' || !Number.isSafeInteger(pid) || pid <= 0) return undefined
  return { pid, user: columns[header.user] ?? '', command, column: at + start + 1 }
}

/** The width at which lines were cut: several lines end at the longest one's column, or it is a usual width. */
function widthOfCut(lines: readonly string[]): number | undefined {
  const longest = lines.reduce((longest, line) => Math.max(longest, line.length), 0)
  const reaching = lines.filter((line) => line.length === longest).length
  if (longest < 40) return undefined
  return reaching > 1 || USUAL_WIDTHS.has(longest) ? longest : undefined
}
