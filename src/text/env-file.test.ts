import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { parseEnvFile } from './env-file.js'

function values(text: string): Record<string, string> {
  return Object.fromEntries(parseEnvFile(text).assignments.map(({ name, value }) => [name, value.text]))
}

describe('an environment file is read as systemd reads it', () => {
  test.each<[string, string, Record<string, string>]>([
    ['plain', 'A=b\n', { A: 'b' }],
    ['blanks around', '  A = b c  \n', { A: 'b c' }],
    ['comments', '# A=1\n; B=2\nC=3', { C: '3' }],
    ['a comment sign inside a value', 'A=b # c', { A: 'b # c' }],
    ['double quotes', 'A="b  c "', { A: 'b  c ' }],
    ['single quotes keep backslashes', "A='b\\c'", { A: 'b\\c' }],
    ['escapes in double quotes', 'A="\\"\\$\\`\\\\\\n"', { A: '"$`\\\\n' }],
    ['pieces side by side', 'A="b"\'c\' "d"', { A: 'bcd' }],
    ['a quote inside of a plain value', 'A=b"c"', { A: 'b"c"' }],
    ['text behind a quote is plain from there on', 'A="b"c"d"', { A: 'bc"d"' }],
    ['continued value', 'A=b \\\n  c\nD=e', { A: 'b   c', D: 'e' }],
    ['continued inside quotes', 'A="b \\\nc"', { A: 'b c' }],
    ['quotes over several lines', 'A="b\nc"', { A: 'b\nc' }],
    ['backslash takes the next sign', 'A=b\\ \\"', { A: 'b "' }],
    ['empty', 'A=\nB=', { A: '', B: '' }],
    ['the later one wins', 'A=1\nA=2', { A: '2' }],
    ['CRLF', 'A=1\r\nB=2\r\n', { A: '1', B: '2' }],
    ['export is no part of it', 'export A=1', {}],
    ['no assignment', 'hello\nA=1', { A: '1' }],
    ['unclosed quote', 'A="b\nB=2', { A: 'b\nB=2' }],
    ['a hostile name', '__proto__=1', { ['__proto__']: '1' }],
  ])('%s', (_name, text, expected) => {
    expect(Object.entries(values(text))).toEqual(Object.entries(expected))
  })

  it('names lines that hold no assignment', () => {
    expect(parseEnvFile('A=1\nhello\n1B=2\n').ignored).toEqual([2, 3])
  })

  it('knows the place of each sign of a value', () => {
    const value = parseEnvFile('X=1\nA="--a \\\n  --b"\n').assignments[1]?.value
    expect(value?.text).toBe('--a   --b')
    expect(value?.placeAt(0)).toEqual({ line: 2, column: 4 })
    expect(value?.placeAt(6)).toEqual({ line: 3, column: 3 })
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => parseEnvFile(text).assignments.length >= 0))
    const signs = fc.array(fc.constantFrom('A', '=', "'", '"', '\\', ' ', '\n', '\r', '#', '$'))
    fc.assert(fc.property(signs, (text) => parseEnvFile(text.join('')).ignored.length >= 0))
  })
})
