import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readKubeconfig } from '../decode/read-kubeconfig.js'
import { KubeconfigDocument } from './kubeconfig-document.js'
import { lineDiff } from './line-diff.js'

const TEXT = `# head
clusters:
- name: n1 # one
  cluster: {server: "https://n1", mine: [1, 2]} # inner
current-context: 'n1'
`

describe('KubeconfigDocument', () => {
  it('changes what it is told to, and no other sign', () => {
    const document = new KubeconfigDocument(TEXT)
    document.setEntry('clusters', 'n1', { server: 'https://n1' }, { server: 'https://n2' })
    expect(document.toString()).toBe(TEXT.replace('https://n1', 'https://n2'))
  })

  it('adds and takes away fields of one entry, and keeps those that it does not know', () => {
    const document = new KubeconfigDocument(TEXT)
    document.setEntry('clusters', 'n1', { server: 'https://n1' }, { 'proxy-url': 'http://p' })
    expect(document.toString()).toBe(
      TEXT.replace('server: "https://n1", mine: [1, 2]', 'mine: [1, 2], proxy-url: http://p'),
    )
  })

  it('writes every text so that kubectl reads the same', () => {
    const odd = fc.constantFrom(
      'n',
      'y',
      'on',
      'No',
      '~',
      'null',
      '0123',
      '1_000',
      '1e3',
      '.5',
      '12:30:45',
      '2001-12-14',
      '<<',
      '=',
      '',
      ' a ',
      'a: b',
      '# c',
      '\u0000',
      '\u2028',
      '- x',
    )
    const text = fc.oneof(odd, fc.string({ unit: 'grapheme' }))
    fc.assert(
      fc.property(text, text, text, (name, server, current) => {
        for (const start of ['', TEXT, '{"clusters": [], "users": null}']) {
          const document = new KubeconfigDocument(start)
          document.setEntry('clusters', name, undefined, { server })
          document.setCurrentContext(current)
          const { config } = readKubeconfig(document.toString())
          expect(config?.clusters.get(name)?.server).toBe(server)
          expect(config?.currentContext).toBe(current)
        }
      }),
    )
  })

  it.each(['a: 1\n---\nb: 2\n', 'clusters: [{name: c}, {name: c}]', 'clusters: 5\nusers: []'])(
    'refuses %j',
    (text) => {
      expect(() => {
        const document = new KubeconfigDocument(text)
        document.setCurrentContext('x')
        document.toString()
      }).toThrow()
    },
  )
})

describe('lineDiff', () => {
  it.each<[string, string, string[]]>([
    ['a\n', 'a\n', []],
    ['', 'a\n', ['+ a']],
    ['a\nb\nc\nd\ne\nf\n', 'a\nb\nc\nX\ne\nf\n', ['  ...', '  b', '  c', '- d', '+ X', '  e', '  f']],
    ['a\nb\n', 'b\na\n', ['- a', '  b', '+ a']],
  ])('%j to %j', (before, after, expected) => {
    expect(lineDiff(before, after).filter((line, at) => !(at === 0 && line === '  ...'))).toEqual(
      expected.filter((line, at) => !(at === 0 && line === '  ...')),
    )
  })
})
