import fc from 'fast-check'
import type { AuditResult } from '../../src/model/index.js'

/** Text that means something to a terminal, HTML, Markdown, JSON, SARIF or a shell. */
export const HOSTILE_TEXTS = [
  '\x1b[31mred\x1b[0m',
  '\x1b]0;title\x07',
  '\x9b2J',
  'two\nlines\r\nthree',
  'a\tb',
  '\u202edlrow\u2066',
  '\u200binvisible\ufeff',
  '\ud800 half a pair',
  '</script><script>alert(1)</script>',
  '<!--<script>',
  ']]> --> <img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '&lt;b&gt; & &#60;',
  '```\n# heading\n```',
  '`` ` ``',
  'odd ` backtick',
  '| a | b |\n| - | - |',
  'back\\slash \\| pipe',
  '[link](javascript:alert(1))',
  '![image](http://example.com/x.png)',
  'https://example.com www.example.com @team #12',
  '</details></summary>',
  '{0} {{x}} [a](0)',
  '${process.exit(1)} %s %n',
  '__proto__',
  'constructor',
  '漢字 かな 한글 😀 é',
  'x'.repeat(300),
  '',
  ' ',
] as const

/** Any text: the known bad ones, and random ones with them inside. */
export function hostileText(): fc.Arbitrary<string> {
  const bad = fc.constantFrom(...HOSTILE_TEXTS)
  const random = fc.string({ unit: 'binary', maxLength: 40 })
  return fc.oneof(
    bad,
    random,
    fc.tuple(random, bad, random).map((parts) => parts.join('')),
  )
}

/** Words of the model that are not free text; `kind` is one of them except in an object's reference. */
const CLOSED = new Set([
  'severity',
  'own',
  'ownSeverity',
  'result',
  'reach',
  'reason',
  'risk',
  'op',
  'code',
  'level',
  'met',
  'state',
  'offered',
  'asked',
])

/** The result with every free text replaced. */
export function withEveryText(result: AuditResult, replace: (text: string) => string): AuditResult {
  return mapped(result, replace) as AuditResult
}

function mapped(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value)
  if (Array.isArray(value)) return value.map((item) => mapped(item, replace))
  if (typeof value !== 'object' || value === null) return value
  const isReference = 'group' in value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      const closed = CLOSED.has(key) || (key === 'kind' && !isReference)
      return [key, closed ? (member as unknown) : mapped(member, replace)]
    }),
  )
}
