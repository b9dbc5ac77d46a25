import { describe, expect, it } from 'vitest'
import type { KubeObject } from '../model/index.js'
import { snippetAt } from './snippet.js'

const TEXT = 'one: 1\ntwo: 2\nthree: 3\nfour: 4\nfive: 5\nsix: 6\n'
const secret: KubeObject = {
  ref: { group: '', version: 'v1', kind: 'Secret', namespace: 'a', name: 'b' },
  content: {},
  source: 'manifest',
  slice: { file: 'f', format: 'yaml', offset: 0, length: 0, line: 1, column: 1 },
}

describe('snippetAt', () => {
  it('shows two lines before and behind, counted as the file counts', () => {
    expect(snippetAt(TEXT, 10, 12, [])).toEqual({
      startLine: 10,
      focusLine: 12,
      lines: ['one: 1', 'two: 2', 'three: 3', 'four: 4', 'five: 5'],
    })
    expect(snippetAt(TEXT, 1, 1, [])?.lines).toEqual(['one: 1', 'two: 2', 'three: 3'])
    expect(snippetAt(TEXT, 1, 6, [])?.lines).toEqual(['four: 4', 'five: 5', 'six: 6'])
    expect(snippetAt(TEXT, 1, 60, [])).toBeUndefined()
    expect(snippetAt(TEXT, 5, 2, [])).toBeUndefined()
  })

  it.each([
    ['a value', 'x: hunter2', ['hunter2'], 'x: ********'],
    ['with escapes of JSON', '"x": "a\\"b"', ['a"b'], '"x": "********"'],
    ['a line of a text of several', '  second line of it', ['first\nsecond line of it\nthird'], '  ********'],
    ['a short one', 'pw: abc', ['abc'], 'pw: ********'],
    ['by its key', 'password: x1', [], 'password: ********'],
    ['a very long line', `a: ${'x'.repeat(300)}`, [], '********'],
  ])('masks %s', (_name, line, secrets, shown) => {
    expect(snippetAt(line, 1, 1, secrets)?.lines).toEqual([shown])
  })

  it.each([
    ['quoted on its line', '    kubectl.kubernetes.io/last-applied-configuration: \'{"env":"plain words"}\''],
    [
      'a block below it',
      '    kubectl.kubernetes.io/last-applied-configuration: |\n      {"env":"plain words"}',
    ],
    ['JSON', '    "kubectl.kubernetes.io/last-applied-configuration": "{\\"env\\":\\"plain words\\"}",'],
  ])('hides what kubectl last applied: %s', (_, annotation) => {
    const text = `metadata:\n  annotations:\n${annotation}\n  name: web\nspec: {}\n`
    const lines = text.split('\n')
    const shown = snippetAt(text, 1, lines.indexOf('  name: web') + 1, [])?.lines.join('\n')
    expect(shown).not.toContain('plain words')
    expect(shown).toContain('name: web')
  })

  it('shows of a Secret only what names it', () => {
    const text = 'kind: Secret\nmetadata:\n  name: db\nstringData:\n  user: admin\n  more: |\n    free text\n'
    expect(snippetAt(text, 1, 5, [], secret)?.lines).toEqual([
      '  name: db',
      'stringData:',
      '  user: ********',
      '  more: ********',
      '********',
    ])
  })
})
