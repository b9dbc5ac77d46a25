/** More lines than this are shown as one block: nobody reads them line by line. */
const MOST = 3000

/**
 * Lines that go (`-`) and come (`+`), with up to two unchanged lines around each, and `...` where lines are left out.
 */
export function lineDiff(before: string, after: string): string[] {
  const [old, fresh] = [linesOf(before), linesOf(after)]
  let start = 0
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1
  let end = 0
  while (end < old.length - start && end < fresh.length - start && old.at(-1 - end) === fresh.at(-1 - end))
    end += 1
  const middle = changes(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end))
  const all = [...old.slice(0, start).map(keep), ...middle, ...old.slice(old.length - end).map(keep)]
  return withContext(all)
}

const keep = (line: string): string => `  ${line}`

function linesOf(text: string): string[] {
  const lines = text.split('\n')
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

/** By the longest common part. */
function changes(old: readonly string[], fresh: readonly string[]): string[] {
  if (old.length > MOST || fresh.length > MOST || old.length === 0 || fresh.length === 0)
    return [...old.map((line) => `- ${line}`), ...fresh.map((line) => `+ ${line}`)]
  const common: Uint16Array[] = Array.from(
    { length: old.length + 1 },
    () => new Uint16Array(fresh.length + 1),
  )
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0
  for (let i = old.length - 1; i >= 0; i -= 1) {
    const row = common[i]
    if (row === undefined) continue
    for (let j = fresh.length - 1; j >= 0; j -= 1)
      row[j] = old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  }
  const out: string[] = []
  for (let i = 0, j = 0; i < old.length || j < fresh.length;) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      out.push(keep(old[i] ?? ''))
      i += 1
      j += 1
    } else if (i < old.length && (j === fresh.length || at(i + 1, j) >= at(i, j + 1))) {
      out.push(`- ${old[i] ?? ''}`)
      i += 1
    } else {
      out.push(`+ ${fresh[j] ?? ''}`)
      j += 1
    }
  }
  return out
}

function withContext(lines: readonly string[]): string[] {
  const changed = lines.flatMap((line, index) => (line.startsWith('  ') ? [] : [index]))
  const shown = new Set(changed.flatMap((index) => [-2, -1, 0, 1, 2].map((step) => index + step)))
  return lines.flatMap((line, index) => {
    if (shown.has(index)) return [line]
    return shown.has(index - 1) && changed.some((each) => each > index) ? ['  ...'] : []
  })
}
