import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hostileText } from '../../test/kit/hostile-result.js'
import { codeBlock, codeCell, codeSpan, codeSpans, markdownText } from './markdown-text.js'

it.each([
  ['plain text', 'plain text'],
  ['*a* _b_ [c](d) | ~e~', '\\*a\\* \\_b\\_ \\[c\\](d) \\| \\~e\\~'],
  ['<b>&', '&lt;b&gt;&amp;'],
  ['@team fixes #12', '@&#8203;team fixes #&#8203;12'],
  ['see https://example.com and www.example.com', 'see https&#58;//example.com and www&#46;example.com'],
  ['# not a heading', '\\# not a heading'],
  ['1. not a list', '1\\. not a list'],
  ['0.1.0', '0.1.0'],
  ['a\\|b', 'a\\\\\\|b'],
])('shows just the text of %j', (text, markdown) => {
  expect(markdownText(text)).toBe(markdown)
})

it.each([
  ['a', '`a`'],
  ['a`b', '``a`b``'],
  ['`a`', '`` `a` ``'],
  [' a', '`  a `'],
  ['  ', ''],
])('makes a code span of %j', (text, markdown) => {
  expect(codeSpan(text)).toBe(markdown)
})

it('makes code of what stands in pairs of backticks', () => {
  expect(codeSpans('set `a_b` to *x*')).toBe('set `a_b` to \\*x\\*')
  expect(codeSpans('one ` only')).toBe('one \\` only')
})

it('writes a code block that its lines cannot end', () => {
  expect(codeBlock(['```', 'rm -rf'], 'text')).toEqual(['````text', '```', 'rm -rf', '````'])
})

it('never leaves a bar, tag or line end that counts in a cell', () => {
  fc.assert(
    fc.property(hostileText(), (text) => {
      const cell = codeCell(text).slice('<code>'.length, -'</code>'.length)
      expect(cell.replace(/\\[\\`*_[\]|~]/g, '')).not.toMatch(/[|<>`\n\r]/)
    }),
  )
})
