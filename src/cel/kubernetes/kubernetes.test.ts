import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileCel } from '../compile.js'
import { listOf, mapOf, STRING } from '../types.js'
import { CelMap, CelUint } from '../values.js'
import { kubernetesEnvironment, PER_CALL_LIMIT } from './index.js'

const environment = kubernetesEnvironment({ s: STRING, l: listOf(STRING), m: mapOf(STRING, listOf(STRING)) })
const bindings = {
  s: 'system:serviceaccount:dev:builder',
  l: ['devs', 'ops'],
  m: new CelMap([['team', ['blue']]]),
}

function run(expression: string): unknown {
  const compiled = compileCel(expression, environment)
  if (!compiled.ok) return { refused: compiled.issues[0]?.message }
  const outcome = compiled.program.evaluate(bindings, { costLimit: PER_CALL_LIMIT })
  return outcome.ok ? outcome.value : { error: outcome.error.message }
}

// Each as the environment of Kubernetes 1.36 answers it.
describe('the environment of Kubernetes', () => {
  it.each([
    ["quantity('1Gi').isGreaterThan(quantity('900Mi'))", true],
    ["quantity('1.5').add(quantity('500m')).asInteger()", { error: 'cannot convert value to integer' }],
    ["quantity('10k').sub(quantity('9000')).asInteger()", 1000n],
    ["quantity('0.0000000001').compareTo(quantity('1n'))", 0n],
    ["isQuantity('1Gib')", false],
    ["sign(quantity('-3'))", -1n],
    ["cidr('10.0.0.0/8').containsIP('10.1.2.3') && ip('10.1.2.3').family() == 4", true],
    ["cidr('2001:db8::/32').containsCIDR('2001:db8:1::/48')", true],
    ["ip.isCanonical('2001:DB8::1')", false],
    ["isIP('::ffff:1.2.3.4')", false],
    ["isIP('01.2.3.4')", false],
    ["string(cidr('192.168.1.7/16').masked())", '192.168.0.0/16'],
    ["url('https://example.com:8443/p?q=1').getPort()", '8443'],
    ["url('https://a/b%20c').getEscapedPath()", '/b%20c'],
    ["isURL('a/b')", false],
    ["semver('1.0.0-rc.1').isLessThan(semver('1.0.0'))", true],
    ["isSemver('v1.2', true)", true],
    ["format.dns1123Label().validate('a-b').hasValue()", false],
    ["format.named('dns1123Label').value().validate('A').hasValue()", true],
    ["s.find('[a-z]+$')", 'builder'],
    ["'aXbXc'.findAll('(?i)x', 1)", ['X']],
    ["s.matches('^system:(node|serviceaccount):.*$')", true],
    ['l.isSorted()', true],
    ['[1, 2].sum() + [3, 1].max()', 6n],
    ["m.?team[0].orValue('none')", 'blue'],
    ["m.?none[0].orValue('none')", 'none'],
    ["l.exists(i, v, i == 1 && v == 'ops')", true],
    ["sets.contains(l, ['ops'])", true],
    ["'%s has %d'.format(['a', 2])", 'a has 2'],
    ["['a', 2]", { refused: "expected type 'string' but found 'int'" }],
    ["l[5] == 'a'", { error: 'index out of bounds: 5' }],
    ["m['none'][0] == 'a'", { error: 'no such key: none' }],
    ["l[5] == 'a' || s.startsWith('system:')", true],
    ['1 / (size(l) - 2) > 0', { error: 'division by zero' }],
    ["dyn(1) == 'a'", false],
    ['1u + 2u', new CelUint(3n)],
    ["s.matches('(')", { refused: expect.stringContaining('invalid matches argument') as unknown }],
    ["duration('1x')", { refused: 'invalid duration argument' }],
    ["int('x') == 1", { refused: expect.any(String) as unknown }],
    ["[1, 'a']", { refused: "expected type 'int' but found 'string'" }],
    ['nobody', { refused: "undeclared reference to 'nobody' (in container '')" }],
  ])('%s', (expression, expected) => {
    expect(run(expression)).toEqual(expected)
  })

  it('stops what costs too much', () => {
    const list = `[${Array.from({ length: 100 }, (_, index) => index).join(', ')}]`
    const nested = `${list}.all(a, ${list}.all(b, ${list}.all(c, a + b + c >= 0)))`
    expect(run(nested)).toEqual({ error: 'operation cancelled: actual cost limit exceeded' })
  })

  it('stops what nests too deep or is too long, and says where', () => {
    expect(run(`${'('.repeat(300)}1${')'.repeat(300)}`)).toMatchObject({
      refused: expect.stringContaining('recursion') as unknown,
    })
    expect(run('a'.repeat(100_001))).toMatchObject({
      refused: expect.stringContaining('exceeds limit') as unknown,
    })
    expect(compileCel('true &&\n  s.nothing()', environment)).toMatchObject({
      ok: false,
      issues: [{ line: 2, column: 12 }],
    })
  })

  it('never throws, whatever the text', () => {
    const words = fc.constantFrom(
      's',
      'l',
      'm',
      '1',
      "'a'",
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '.',
      ',',
      '+',
      '-',
      '?',
      ':',
      '==',
      '&&',
      'in',
      'all',
      'map',
      'x',
      '"',
      '\\',
      'b',
      'r',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words, { maxLength: 20 }).map((parts) => parts.join(' ')),
        ),
        (text) => void run(text),
      ),
      { numRuns: 3000 },
    )
  })
})
