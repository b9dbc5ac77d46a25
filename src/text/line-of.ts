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
