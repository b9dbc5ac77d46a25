import { describe, expect, it } from 'vitest'
import { compileCel } from '../compile.js'
import { listOf, mapOf, STRING } from '../types.js'
import { CelMap, CelOptional, CelUint } from '../values.js'
import { kubernetesEnvironment, PER_CALL_LIMIT } from './index.js'

const environment = kubernetesEnvironment({ s: STRING, l: listOf(STRING), m: mapOf(STRING, listOf(STRING)) })
const bindings = { s: 'alice', l: ['devs', 'ops'], m: new CelMap([['team', ['blue']]]) }

function run(expression: string): unknown {
  const compiled = compileCel(expression, environment)
  if (!compiled.ok) return 'refused'
  const outcome = compiled.program.evaluate(bindings, { costLimit: PER_CALL_LIMIT })
  return outcome.ok ? [outcome.value, outcome.cost] : `error: ${outcome.error.message}`
}

const optional = (value: unknown): unknown => CelOptional.of(value as never)

// Where generated expressions were answered otherwise than by the API server's own compiler (Kubernetes 1.36.2 with
// cel-go 0.26): value and cost, as that one gives them.
describe('what cel-go does and the language does not ask for', () => {
  it.each([
    // The last of equal keys counts.
    ['{1: 2, 1: 3}[1]', [3n, 2]],
    ['{s: 2, s: 3}.alice', [3n, 34]],
    // Nothing is in an empty list, whatever is looked for; a list of constants is a set, which costs nothing.
    ["url('1') in []", [false, 0]],
    ["s in ['alice', 'bob']", [true, 1]],
    ["dyn(b'a') in ['a']", expect.stringContaining('error: internal error')],
    // What has no members has none that could be there.
    ['has(dyn(1).a)', [false, 1]],
    ["dyn(1).?a.orValue('none')", ['none', 1]],
    ['dyn(1).a', 'error: no such key: a'],
    // Once a step of a path is optional, all that follow are; a step that finds nothing costs nothing.
    ['{}.?x.a', [CelOptional.none, 1]],
    ["{'a': {'b': 1}}.?a.b", [optional(1n), 3]],
    ['[optional.of({})][dyn(0u)].a', 'error: no such key: a'],
    ["m[?s].hasValue() || m.?team[0] == optional.of('blue')", [true, 7]],
    // An optional in an attribute passes through values of Go.
    ["(true ? optional.of(type('a')) : optional.none()).value()", ['string', 2]],
    ['(true ? optional.of(optional.of(1)) : optional.none()).value()', [1n, 3]],
    [
      "(true ? optional.of(ip('::1')) : optional.none()).value()",
      expect.stringContaining('unsupported conversion'),
    ],
    ['optional.ofNonZeroValue(optional.none()).value()', [CelOptional.none, 3]],
    ['dyn(1).orValue(2)', [1n, 0]],
    // The value of optMap is only computed when it is asked for.
    ['optional.of(1).optMap(v, 2).value()', [2n, 4]],
    ['optional.of(1).optMap(v, v + 1).value()', [2n, 8]],
    // NaN has no order, except in lists.
    ["double('NaN') < 1.0", 'error: NaN values cannot be ordered'],
    ["[double('NaN'), 1.0].isSorted()", [true, 2]],
    // Times keep the offset that they were written with, and hours may have one digit.
    ["string(timestamp('2024-02-29T23:59:59+02:00'))", ['2024-02-29T23:59:59+02:00', 0]],
    ["string(timestamp('2024-02-29T23:59:59.5-02:30') + duration('1h'))", ['2024-03-01T00:59:59.5-02:30', 2]],
    ["timestamp('2024-01-02T3:04:05Z').getHours('Local')", [3n, 1]],
    ["duration('0.3333333333333333333h') == duration('20m')", [true, 1]],
    // Numbers as Go reads them.
    ["double('1_0')", [10, 0]],
    ["double('0x1p-2')", [0.25, 0]],
    ["double('1__0')", 'refused'],
    ["quantity('12345678901234567890').isGreaterThan(quantity('9E'))", [true, 4]],
    ["quantity('100Ei').compareTo(quantity('9223372036854775807'))", [0n, 4]],
    ["quantity('1000000000000000000000m').asApproximateFloat()", [1000000000000000128, 4]],
    ["isSemver('1.2.3-18446744073709551616')", [false, 3]],
    // Hosts as Go 1.26 reads them.
    ["isURL('http://::1/')", [false, 1]],
    ["isURL('x://::1/')", [true, 1]],
    ["isURL('http://[]/')", [false, 1]],
    ["url('http://[fe80::1%25en0]:1/').getHostname()", ['fe80::1%en0', 4]],
    // Patterns: two groups of one name are allowed, and a text that is no pattern is refused where `matches` is no method.
    ["'ab'.find('(?P<n>a)(?P<n>b)')", ['ab', 4]],
    ["matches('(', 'a')", 'refused'],
    ["matches('a', 'a')", [true, 1]],
    ["'a'.matches(string('('))", 'refused'],
    ["format.dns1123Label().validate('a.').value()[0].contains('my-name')", [true, 36]],
    // Quantities: digits after the point are no whole number, though they are zeros.
    ["quantity('1000m').isInteger()", [false, 2]],
    ["quantity('1').sub(-9223372036854775808).asInteger()", [-9223372036854775807n, 3]],
    // Lists within a format may be of many types; their keys may not.
    ["'%s %d'.format(['a', 2])", ['a 2', 1]],
    ["'%s'.format([[type('a')]])", ['[string]', 1]],
    ["'%s'.format([{1.5: 1}])", expect.stringContaining('no formatting function')],
    ["'%s'.format([[1e21]])", ['[1000000000000000000000.000000]', 1]],
    // What Go cannot hash ends an evaluation.
    ["dyn(b'a') in {'a': 1} || true", expect.stringContaining('error: internal error')],
    // Of forms that fit a type that is not known, the first of the library counts.
    ['duration(-{}.a)', 'refused'],
    // Values of Kubernetes cannot be asked whether they equal one of another type, but in lists that is no no.
    ["dyn(quantity('1')) == 1", 'error: no such overload'],
    ["[quantity('1')] == [dyn(1)]", [true, 12]],
    ["quantity('2') == quantity('1').add(1)", 'error: no such overload'],
    ["quantity('1').add(1) == quantity('2')", [true, 4]],
    ["dyn(b'a') in {}", [false, 1]],
    // The authorizer's library is there, but nothing to call it on.
    ["dyn(1).check('a').allowed() || true", [true, 350_001]],
    ["timestamp('2024-01-02T03:04:05Z').getMinutes('00:-30')", [34n, 1]],
    // Conversions of constants are made when an expression is compiled, and fail there.
    ['string(null)', 'refused'],
    ['dyn(null)', [null, 0]],
    ["dyn(double('a')) in []", 'refused'],
    ['[bool, bool].size()', [2n, 1]],
    ['[int, string]', 'refused'],
    ["[type('a')].map(v, v)", 'refused'],
    // A call costs although an argument failed.
    ["ip('1').isUnspecified() || true", [true, 2]],
    ['[[1]][5].distinct().size() > 0 || true', expect.stringContaining('error: internal error')],
    ['[].sort()', [[], 11]],
    ["['b', 'a'].sort()", [['a', 'b'], 19]],
    ["['aaaaaaaaaaaa', 'b'].min()", ['aaaaaaaaaaaa', 1]],
    ["cidr('10.0.0.0/8').containsIP('10.1.2.3')", [true, 3]],
    ['[1u, 2u].reverse()', [[new CelUint(2n), new CelUint(1n)], 13]],
  ])('%s', (expression, expected) => {
    expect(run(expression)).toEqual(expected)
  })
})
