import { expect, it } from 'vitest'
import { plainTerminal } from './plain-terminal.js'

it.each([
  ['yes\n', 'yes\n'],
  ['no - a\x1b[2Jb\u009b\n  c', 'no - a\\x1b[2Jb\\x9b\n  c'],
  ['one,two\r\nthree\r', 'one,two\r\nthree\\r'],
  ['a\tb', 'a  b'],
  ['{"a": "\\u009b"}\n', '{"a": "\\u009b"}\n'],
])('lets lines through and nothing that acts on a terminal: %j', (given, shown) => {
  const written: string[] = []
  const write = (text: string): void => void written.push(text)
  const plain = plainTerminal({
    out: write,
    err: write,
    color: true,
    width: 80,
    interactive: true,
    progress: write,
  })
  plain.out(given)
  plain.err(given)
  expect(written).toEqual([shown, shown])
})
