import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readToml } from './toml.js'

const TEXT = `version = 2
imports = ["/etc/containerd/conf.d/*.toml"]

[grpc]
  tcp_address = "0.0.0.0:9999" # open

[plugins."io.containerd.grpc.v1.cri".registry.configs."a.example".tls]
  insecure_skip_verify = true

[[registry]]
location = "one"
[[registry]]
location = "two"
mirror = [{ location = "m", insecure = true }]
`

describe('readToml', () => {
  it('gives values and the place of each key', () => {
    const { document } = readToml(TEXT)
    expect(document?.value).toEqual({
      version: 2,
      imports: ['/etc/containerd/conf.d/*.toml'],
      grpc: { tcp_address: '0.0.0.0:9999' },
      plugins: {
        'io.containerd.grpc.v1.cri': {
          registry: { configs: { 'a.example': { tls: { insecure_skip_verify: true } } } },
        },
      },
      registry: [{ location: 'one' }, { location: 'two', mirror: [{ location: 'm', insecure: true }] }],
    })
    expect(document?.place(['grpc', 'tcp_address'])).toEqual({ line: 5, column: 3 })
    expect(document?.place(['registry', 1, 'mirror', 0, 'insecure'])).toMatchObject({ line: 14 })
    expect(document?.place(['registry', 1])).toEqual({ line: 12, column: 1 })
    expect(document?.place(['grpc', 'no_such'])).toEqual({ line: 4, column: 1 })
    expect(document?.place(['nothing'])).toEqual({ line: 1, column: 1 })
  })

  it('reads numbers, dates and long texts as what they are', () => {
    const { document } = readToml(
      'a = 0x10\nb = 99999999999999999999\nc = inf\nd = 2026-01-02T03:04:05Z\ne = """x\ny"""\n',
    )
    expect(document?.value).toEqual({
      a: 16,
      b: '99999999999999999999',
      c: 'inf',
      d: '2026-01-02T03:04:05Z',
      e: 'x\ny',
    })
  })

  it('keeps __proto__ a key', () => {
    const { document } = readToml('__proto__ = 1\n[a.__proto__]\npolluted = true\n')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(Object.keys(document?.value ?? {})).toEqual(['__proto__', 'a'])
  })

  it.each([
    ['a key twice', 'a = 1\na = 2\n', 'syntax', 2],
    ['a table twice', '[a]\n[a]\n', 'syntax', 2],
    ['no value', 'a =\n', 'syntax', 2],
    ['a text that is not closed', 'x = 1\na = "b\n', 'syntax', 2],
    ['YAML', 'a: 1\n', 'syntax', 1],
    ['zero bytes', 'a = "\0"\n', 'syntax', 1],
    ['what is too large', `a = "${'x'.repeat(5 * 1024 * 1024)}"`, 'too-large', 1],
    ['lists that nest too deep', `a = ${'['.repeat(500)}${']'.repeat(500)}\n`, 'too-deep', 1],
    ['keys that nest too deep', `${Array(500).fill('a').join('.')} = 1\n`, 'too-deep', 1],
  ])('refuses %s with its place', (_name, text, code, line) => {
    expect(readToml(text).problem).toMatchObject({ code, line, level: 'error' })
  })

  it('never quotes the text', () => {
    expect(JSON.stringify(readToml('password = hunter2 oops').problem)).not.toMatch(/hunter2/)
  })

  it('never throws', () => {
    const line = fc.constantFrom(
      '[a]',
      '[[a]]',
      'a = 1',
      'a.b = {c = [1]}',
      '"',
      "'''",
      'a = [',
      ']',
      '[a.b',
      '=',
      '{',
      '\u0000',
      '\\u12',
    )
    fc.assert(fc.property(fc.array(line, { maxLength: 12 }), (lines) => void readToml(lines.join('\n'))))
    fc.assert(fc.property(fc.string(), (text) => void readToml(text)))
  })
})
