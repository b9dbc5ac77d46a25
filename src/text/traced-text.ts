/** A place in a file; both count from 1. */
export interface TextPlace {
  readonly line: number
  readonly column: number
}

interface Segment extends TextPlace {
  /** Offset in the traced text at which the segment begins. */
  readonly offset: number
}

/** A text that was put together from pieces of a file (joined lines, unquoted values) and knows where each sign stood. */
export class TracedText {
  private readonly parts: string[] = []
  private readonly segments: Segment[] = []
  private size = 0

  get length(): number {
    return this.size
  }

  get text(): string {
    return this.parts.join('')
  }

  /** Adds signs that stand side by side in the file from `place` on. */
  push(text: string, place: TextPlace): void {
    const last = this.segments.at(-1)
    const follows =
      last !== undefined &&
      last.line === place.line &&
      last.column + (this.size - last.offset) === place.column
    if (!follows) this.segments.push({ ...place, offset: this.size })
    this.parts.push(text)
    this.size += text.length
  }

  /** The place of the sign at an offset; the first place for offsets before it. */
  placeAt(offset: number): TextPlace {
    let low = 0
    let high = this.segments.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.segments[middle] as Segment).offset <= offset) low = middle
      else high = middle - 1
    }
    const segment = this.segments[low]
    if (segment === undefined) return { line: 1, column: 1 }
    return { line: segment.line, column: segment.column + Math.max(0, offset - segment.offset) }
  }
}

/** A fixed text that begins at one place. */
export function tracedFrom(text: string, place: TextPlace): TracedText {
  const traced = new TracedText()
  traced.push(text, place)
  return traced
}
