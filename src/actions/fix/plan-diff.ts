import { maskLine } from '../../text/index.js'

/** Lines of context around each change, as `diff -u` has them. */
const CONTEXT = 3

type Line = { readonly kind: ' ' | '-' | '+'; readonly text: string }

/**
 * A unified diff of two texts for people: secrets are masked. Empty when nothing
 * differs.
 */
export function unifiedDiff(name: string, before: string | undefined, after: string): string {
  if (before === after) return ''
  const lines = changesOf(linesOf(before ?? ''), linesOf(after))
  const hunks = hunksOf(lines)
  return [`--- ${before === undefined ? '/dev/null' : name}`, `+++ ${name}`, ...hunks].join('\n')
}

/** The lines of a text; the last one says when no newline ends it. */
function linesOf(text: string): string[] {
  if (text === '') return []
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  else lines.push((lines.pop() ?? '') + NO_NEWLINE)
  return lines
}

/** Cannot stand in a line, so that a missing newline at the end makes the last lines differ. */
const NO_NEWLINE = '\n'

/** Every line of both texts: kept, taken out, put in. Equal beginnings and ends first; edits are small. */
function changesOf(before: readonly string[], after: readonly string[]): Line[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1
  let end = 0
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end += 1
  const kept = (text: string): Line => ({ kind: ' ', text })
  return [
    ...before.slice(0, start).map(kept),
    ...middleOf(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(kept),
  ]
}

/** Larger middles are shown as taken out whole and put in whole: a table of their lines would not fit. */
const MOST_CELLS = 4_000_000

/** The longest common subsequence, by a table of lengths from the end. */
function middleOf(before: readonly string[], after: readonly string[]): Line[] {
  const [rows, columns] = [before.length, after.length]
  if (rows * columns > MOST_CELLS)
    return [
      ...before.map((text): Line => ({ kind: '-', text })),
      ...after.map((text): Line => ({ kind: '+', text })),
    ]
  const width = columns + 1
  const lengths = new Uint32Array((rows + 1) * width)
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1))
    }
  }
  const lines: Line[] = []
  let [row, column] = [0, 0]
  while (row < rows || column < columns) {
    if (row < rows && column < columns && before[row] === after[column]) {
      lines.push({ kind: ' ', text: before[row] ?? '' })
      row += 1
      column += 1
    } else if (row < rows && (column === columns || at(row + 1, column) >= at(row, column + 1))) {
      lines.push({ kind: '-', text: before[row] ?? '' })
      row += 1
    } else {
      lines.push({ kind: '+', text: after[column] ?? '' })
      column += 1
    }
  }
  return lines
}

function hunksOf(lines: readonly Line[]): string[] {
  const changed = lines.flatMap((line, index) => (line.kind === ' ' ? [] : [index]))
  const hunks: string[] = []
  for (let next = 0; next < changed.length;) {
    const first = changed[next] ?? 0
    let last = first
    while (next < changed.length && (changed[next] ?? 0) - last <= 2 * CONTEXT) {
      last = changed[next] ?? 0
      next += 1
    }
    const from = Math.max(0, first - CONTEXT)
    hunks.push(...hunkOf(lines, from, Math.min(lines.length, last + 1 + CONTEXT)))
  }
  return hunks
}

function hunkOf(lines: readonly Line[], from: number, to: number): string[] {
  const count = (part: readonly Line[], kind: '-' | '+'): number =>
    part.filter((line) => line.kind === ' ' || line.kind === kind).length
  const part = lines.slice(from, to)
  const range = (kind: '-' | '+'): string => {
    const size = count(part, kind)
    const before = count(lines.slice(0, from), kind)
    // Source: GNU diffutils manual, Detailed Unified: an empty side names the line before it.
    return `${kind}${size === 0 ? before : before + 1}${size === 1 ? '' : `,${size}`}`
  }
  return [`@@ ${range('-')} ${range('+')} @@`, ...part.flatMap(shown)]
}

function shown({ kind, text }: Line): string[] {
  const bare = text.replace(NO_NEWLINE, '')
  const masked = maskLine(bare)
  const line = `${kind}${masked}`
  return text.endsWith(NO_NEWLINE) ? [line, '\\ No newline at end of file'] : [line]
}
