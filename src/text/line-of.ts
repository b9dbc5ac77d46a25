export interface LineColumn {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units. */
  readonly column: number
}

/** Line and column of an offset (in UTF-16 units) of a text. */
export function lineOf(text: string, offset: number): LineColumn {
  let line = 1
  let start = 0
  for (let next = text.indexOf('\n'); next >= 0 && next < offset; next = text.indexOf('\n', start)) {
    line += 1
    start = next + 1
  }
  return { line, column: Math.max(0, offset) - start + 1 }
}

/** The lines of one text, for many questions about it. */
export class LineIndex {
  /** Where each line begins; behind a line end at the text's end begins an empty one. */
  readonly starts: readonly number[]

  constructor(text: string) {
    const starts = [0]
    for (let next = text.indexOf('\n'); next >= 0; next = text.indexOf('\n', next + 1)) starts.push(next + 1)
    this.starts = starts
  }

  /** As `lineOf`, by binary search. */
  lineOf(offset: number): LineColumn {
    let low = 0
    let high = this.starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: Math.max(0, offset) - (this.starts[low] ?? 0) + 1 }
  }
}
