import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flagTable } from './flag-tables.js'
import { flagValues, parseFlags, type FlagTable } from './flags.js'

const table: FlagTable = {
  ...flagTable('kubelet'),
  host: { type: 'list', shorthand: 'H' },
  debug: { type: 'bool', shorthand: 'D' },
  array: { type: 'stringArray' },
  ratio: { type: 'float' },
}
const words = (...args: string[]) => args.map((value) => ({ value }))
const valuesOf = (...args: string[]) => {
  const parsed = parseFlags(words(...args), table)
  return {
    values: Object.fromEntries([...flagValues(parsed, table)].map(([name, flag]) => [name, flag.value])),
    errors: parsed.errors.map((error) => error.message),
    positional: parsed.positional.map((word) => word.argument.value),
  }
}

describe('parseFlags', () => {
  it.each<[string, string[], Record<string, unknown>]>([
    ['a value after =', ['--max-pods=5'], { 'max-pods': 5 }],
    ['a value as the next word', ['--max-pods', '5'], { 'max-pods': 5 }],
    ['underscores in the name', ['--max_pods=5'], { 'max-pods': 5 }],
    ['a bare boolean', ['--anonymous-auth'], { 'anonymous-auth': true }],
    [
      'boolean words',
      ['--anonymous-auth=F', '--fail-swap-on=t'],
      { 'anonymous-auth': false, 'fail-swap-on': true },
    ],
    ['the last scalar', ['--port=1', '--port=2'], { port: 2 }],
    [
      'numbers in other bases',
      ['--port=0x10', '--max-pods=010', '--pods-per-core=1_0'],
      { port: 16, 'max-pods': 8, 'pods-per-core': 10 },
    ],
    [
      'durations in Go spelling',
      ['--sync-frequency=90m', '--file-check-frequency=0'],
      { 'sync-frequency': '1h30m0s', 'file-check-frequency': '0s' },
    ],
    ['lists that add up', ['--cluster-dns=a,b', '--cluster-dns', 'c'], { 'cluster-dns': ['a', 'b', 'c'] }],
    ['quoted commas in lists', ['--cluster-dns="a,b",c'], { 'cluster-dns': ['a,b', 'c'] }],
    ['an empty list', ['--tls-cipher-suites='], { 'tls-cipher-suites': [] }],
    ['arrays without splitting', ['--array=a,b', '--array=c'], { array: ['a,b', 'c'] }],
    [
      'maps that merge',
      ['--kube-reserved=cpu=1,memory=2', '--kube-reserved=cpu=3'],
      { 'kube-reserved': { cpu: '3', memory: '2' } },
    ],
    ['gates', ['--feature-gates=A=true,B=false'], { 'feature-gates': { A: true, B: false } }],
    [
      'thresholds',
      ['--eviction-hard=memory.available<5%, nodefs.available<1Gi'],
      { 'eviction-hard': { 'memory.available': '5%', 'nodefs.available': '1Gi' } },
    ],
    [
      'one option a flag',
      ['--cpu-manager-policy-options=a=b,c=d'],
      { 'cpu-manager-policy-options': { a: 'b,c=d' } },
    ],
    ['labels without a value', ['--node-labels=a,b=c'], { 'node-labels': { a: '', b: 'c' } }],
    [
      'taints',
      ['--register-with-taints=a=b:NoSchedule,c:NoExecute'],
      {
        'register-with-taints': [
          { key: 'a', value: 'b', effect: 'NoSchedule' },
          { key: 'c', effect: 'NoExecute' },
        ],
      },
    ],
    [
      'memory',
      ['--reserved-memory=0:memory=1Gi;1:memory=2Gi'],
      {
        'reserved-memory': [
          { numaNode: 0, limits: { memory: '1Gi' } },
          { numaNode: 1, limits: { memory: '2Gi' } },
        ],
      },
    ],
    [
      'headers',
      ['--manifest-url-header=a:1,b:2', '--manifest-url-header=a:3'],
      { 'manifest-url-header': { a: ['1', '3'], b: ['2'] } },
    ],
    ['letters', ['-v', '2', '-DHtcp://x'], { v: 2, debug: true, host: ['tcp://x'] }],
    ['a letter with =', ['-v=4'], { v: 4 }],
    ['a letter with its value', ['-v4'], { v: 4 }],
    [
      'addresses',
      ['--address=::', '--healthz-bind-address=010.0.0.1'],
      { address: '::', 'healthz-bind-address': '010.0.0.1' },
    ],
    ['a float', ['--ratio=1e-1'], { ratio: 0.1 }],
    ['a value that begins with -', ['--root-dir', '--port'], { 'root-dir': '--port' }],
  ])('reads %s', (_, args, expected) => {
    expect(valuesOf(...args)).toEqual({ values: expected, errors: [], positional: [] })
  })

  it.each<[string, string[], string]>([
    ['an unknown flag', ['--no-such-flag=1'], 'unknown flag: --no-such-flag'],
    ['an unknown letter', ['-x'], 'unknown shorthand flag: -x'],
    ['a missing value', ['--port'], 'flag needs an argument: --port'],
    ['a word for a number', ['--port=ten'], 'invalid argument for a flag of type int32: --port'],
    ['too large a number', ['--port=2147483648'], 'invalid argument for a flag of type int32: --port'],
    [
      'yes for a boolean',
      ['--anonymous-auth=yes'],
      'invalid argument for a flag of type bool: --anonymous-auth',
    ],
    [
      'a number as a duration',
      ['--sync-frequency=5'],
      'invalid argument for a flag of type duration: --sync-frequency',
    ],
    ['a half quote', ['--cluster-dns=a"b'], 'invalid argument for a flag of type strings: --cluster-dns'],
    ['a negative verbosity', ['--v=-1'], 'invalid argument for a flag of type Level: --v'],
    ['three hyphens', ['---port=1'], 'bad flag syntax: ---port=1'],
    ['a zone in an address', ['--address=fe80::1%eth0'], 'invalid argument for a flag of type ip: --address'],
    [
      'a taint without an effect',
      ['--register-with-taints=a=b'],
      'invalid argument for a flag of type []v1.Taint: --register-with-taints',
    ],
    ['a prototype key', ['--__proto__=1'], 'unknown flag: --__proto__'],
  ])('refuses %s', (_, args, message) => {
    expect(valuesOf(...args).errors).toEqual([message])
  })

  it('takes a word after a boolean as positional', () => {
    expect(valuesOf('--anonymous-auth', 'false')).toEqual({
      values: { 'anonymous-auth': true },
      errors: [],
      positional: ['false'],
    })
  })

  it('ends the flags at --', () => {
    expect(valuesOf('--port=1', '--', '--port=2', '-').positional).toEqual(['--port=2', '-'])
  })

  it('keeps hyphens and underscores apart where the component does', () => {
    const parsed = parseFlags(words('--max_pods=1'), table, { underscores: false })
    expect(parsed.errors).toMatchObject([{ kind: 'unknown-flag', flag: '--max_pods' }])
  })

  it('remembers which occurrences count', () => {
    const port = flagValues(parseFlags(words('--port=1', '--v=1', '--port', '2'), table), table).get('port')
    expect(port?.from.map((flag) => [flag.argIndex, flag.valueIndex])).toEqual([[2, 3]])
    expect(port?.replaced.map((flag) => flag.argIndex)).toEqual([0])
  })

  it('adds up a very long command line', () => {
    const args = Array.from({ length: 100_000 }, () => '--cluster-dns=a')
    expect(valuesOf(...args.slice(0, 50_000)).values['cluster-dns']).toHaveLength(50_000)
    const headers = `--manifest-url-header=${'a:1,'.repeat(100_000)}`
    expect(valuesOf(headers).values['manifest-url-header']).toMatchObject({ a: { length: 100_000 } })
  })

  it('keeps a key of the prototype as data', () => {
    const value = flagValues(parseFlags(words('--kube-reserved=__proto__=1'), table), table).get(
      'kube-reserved',
    )
    expect(Object.hasOwn(value?.value as object, '__proto__')).toBe(true)
    expect(({} as Record<string, unknown>)['1']).toBeUndefined()
  })

  it('never throws, and each word is a flag, a value, an error or positional', () => {
    const word = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.constantFrom(...Object.keys(table)), fc.string())
        .map(([name, value]) => `--${name}=${value}`),
      fc.constantFrom(...Object.keys(table)).map((name) => `--${name}`),
    )
    fc.assert(
      fc.property(fc.array(word), (args) => {
        const parsed = parseFlags(words(...args), table)
        flagValues(parsed, table)
        const ends = args.includes('--') ? 1 : 0
        const seen = parsed.values.length + parsed.errors.length + parsed.positional.length
        expect(args.length === 0 || seen + ends > 0).toBe(true)
      }),
    )
  })
})
