import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unifiedDiff } from './plan-diff.js'

describe('unifiedDiff', () => {
  it.each<[string, string | undefined, string, string]>([
    [
      'a line in the middle',
      'a\nb\nc\nd\ne\nf\ng\nh\n',
      'a\nb\nc\nd\nE\nf\ng\nh\n',
      '--- f\n+++ f\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h',
    ],
    ['a new file', undefined, 'a\nb\n', '--- /dev/null\n+++ f\n@@ -0,0 +1,2 @@\n+a\n+b'],
    [
      'no newline at the end',
      'a',
      'a\nb\n',
      '--- f\n+++ f\n@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b',
    ],
    ['nothing', 'a\n', 'a\n', ''],
    [
      'two places far apart',
      '1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n',
      'x\n2\n3\n4\n5\n6\n7\n8\n9\ny\n',
      '--- f\n+++ f\n@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -7,4 +7,4 @@\n 7\n 8\n 9\n-10\n+y',
    ],
  ])('%s', (_name, before, after, expected) => {
    expect(unifiedDiff('f', before, after)).toBe(expected)
  })

  it('shows no secret, changed or beside a change', () => {
    const diff = unifiedDiff(
      'f',
      'token: abcdef.0123456789abcdef\na: 1\n',
      'token: abcdef.0123456789abcdef\na: 2\n',
    )
    expect(diff).not.toContain('0123456789abcdef')
    expect(diff).toContain('+a: 2')
  })

  it('makes the new text out of the old one, line by line', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 25 })
      .map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = unifiedDiff('f', before, after)
        expect(patched(before, diff)).toBe(after)
      }),
      { numRuns: 500 },
    )
  })
})

/** What `patch` makes of a text and a unified diff. */
function patched(before: string, diff: string): string {
  if (diff === '') return before
  const lines = before === '' ? [] : before.split(/(?<=\n)/)
  const made: string[] = []
  let next = 0
  let last = ''
  for (const line of diff.split('\n').slice(2)) {
    const start = /^@@ -(\d+)(?:,(\d+))? /.exec(line)
    if (start !== null) {
      const first = Number(start[1]) - (start[2] === '0' ? 0 : 1)
      made.push(...lines.slice(next, first))
      next = first
    } else if (line.startsWith('\\')) {
      if (last !== '-') made.push((made.pop() ?? '').replace(/\n$/, ''))
    } else {
      if (line[0] !== '+') {
        expect((lines[next] ?? '').replace(/\n$/, '')).toBe(line.slice(1))
        next += 1
      }
      if (line[0] !== '-') made.push(`${line.slice(1)}\n`)
      last = line[0] ?? ''
    }
  }
  return [...made, ...lines.slice(next)].join('')
}
