import { visible } from '../text/index.js'
import type { Terminal } from './terminal.js'

/**
 * The same terminal for commands that print no colours: whatever files and servers put into a text, nothing but lines
 * reaches it. Line ends stay, so a text that must stay on one line is written out where the line is put together.
 */
export function plainTerminal(terminal: Terminal): Terminal {
  return {
    ...terminal,
    out: (text) => terminal.out(visibleParts(text)),
    err: (text) => terminal.err(visibleParts(text)),
  }
}

/** Each line by itself; a line may end as those of CSV do. */
export function visibleParts(text: string): string {
  return text
    .split(/(\r?\n)/)
    .map((part, index) => (index % 2 === 1 ? part : visible(part.replaceAll('\t', '  '))))
    .join('')
}
