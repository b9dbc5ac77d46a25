import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readShellWords, splitCommandLine } from './command-line.js'

describe('a command line splits into words', () => {
  test.each([
    ['plain words', '/usr/bin/kubelet --v=2  --config=/x', ['/usr/bin/kubelet', '--v=2', '--config=/x']],
    ['single quotes', "a 'b c' d", ['a', 'b c', 'd']],
    ['quotes inside of a word', '--a="b c"d', ['--a=b cd']],
    ['escaped quote', 'a \\"b', ['a', '"b']],
    ['backslash in double quotes', '"a\\"b\\c"', ['a"b\\c']],
    ['empty word', "a '' b", ['a', '', 'b']],
    [
      'signs of a shell are plain',
      'kubelet --eviction-hard=memory.available<100Mi;x',
      ['kubelet', '--eviction-hard=memory.available<100Mi;x'],
    ],
    ['unclosed quote', 'a "b c', ['a', 'b c']],
    ['backslash at the end', 'a\\', ['a\\']],
    ['nothing', '  ', []],
  ])('%s', (_name, line, words) => {
    expect(splitCommandLine(line)).toEqual(words)
  })
})

describe('a shell script splits into words and operators', () => {
  test.each([
    ['operators', 'a; b && c', ['a', ';', 'b', '&', '&', 'c']],
    ['redirection', 'kubelet >/log 2>&1', ['kubelet', '>', '/log', '2', '>', '&', '1']],
    ['comment', 'a # b\nc', ['a', '\n', 'c']],
    ['substitution stays in its word', '--ip=$(hostname -i) b', ['--ip=$(hostname -i)', 'b']],
    ['continued line', 'a \\\n b', ['a', 'b']],
  ])('%s', (_name, script, words) => {
    expect(readShellWords(script).map((word) => word.value)).toEqual(words)
  })

  it('says which words a shell would replace, and where words begin', () => {
    expect(readShellWords(`a "$B" '$C' d*`)).toEqual([
      { value: 'a', offset: 0, expands: false },
      { value: '$B', offset: 2, expands: true },
      { value: '$C', offset: 7, expands: false },
      { value: 'd*', offset: 12, expands: true },
    ])
  })

  it('never throws, and quoting a word gives it back', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        readShellWords(text)
        const quoted = `'${text.replaceAll("'", `'\\''`)}'`
        expect(splitCommandLine(`x ${quoted}`)).toEqual(['x', text])
      }),
    )
  })
})
