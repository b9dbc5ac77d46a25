import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
// @ts-expect-error: a plain script, typed by its use here
import { documentsWithExamples } from '../../scripts/generate/command-examples.mjs'
import { emptyFolder } from '../kit/copy-project.js'

const documentsOf = documentsWithExamples as (root: string) => Map<string, string>

/** A command line that repeats its arguments, and ends as told. */
const CLI = `const [code, ...words] = process.argv.slice(2)
console.log(words.join(' '), process.env.NO_COLOR, process.env.COLUMNS)
process.exitCode = Number(code)`

describe('outputs of commands in documents', () => {
  let root: string
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), text)
  }
  beforeEach(() => {
    root = emptyFolder('command-examples')
    write('scripts/build.mjs', '')
    write('dist/cli.js', CLI)
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('stand between the marks, and what stood there is gone; the rest stays', () => {
    write(
      'README.md',
      'before\n\n<!-- example: rampart 1 some $& words -->\nold\n<!-- /example -->\n\nafter\n',
    )
    write('docs/plain.md', 'no example')
    const expected = [
      'before',
      '<!-- example: rampart 1 some $& words -->',
      '```text\n$ rampart 1 some $& words\nsome $& words 1 80\n```',
      '<!-- /example -->',
      'after\n',
    ]
    expect([...documentsOf(root)]).toEqual([['README.md', expected.join('\n\n')]])
  })

  it('are the same when written again, and several in one document do not mix', () => {
    const mark = (word: string): string => `<!-- example: rampart 0 ${word} -->\n<!-- /example -->\n`
    write('docs/two.md', `${mark('one')}\nbetween\n\n${mark('two')}`)
    const once = documentsOf(root).get('docs/two.md') ?? ''
    expect(once).toContain('one 1 80\n```\n\n<!-- /example -->\n\nbetween')
    write('docs/two.md', once)
    expect(documentsOf(root).get('docs/two.md')).toBe(once)
  })

  it('show no id of a plan that depends on the folder, and heed no variable of this machine', () => {
    write('dist/cli.js', "console.log('plan ' + process.argv[3] + ': 1 ' + process.env.DOCKER_HOST)")
    write('README.md', '<!-- example: rampart 0 0123456789abcdef -->\n<!-- /example -->\n')
    process.env['DOCKER_HOST'] = 'tcp://here'
    const shown = documentsOf(root).get('README.md')
    delete process.env['DOCKER_HOST']
    expect(shown).toMatch(/\nplan 91ad2c6f37f89a7b: 1 undefined\n/)
  })

  it('are refused where the command fails', () => {
    write('README.md', '<!-- example: rampart 2 wrong -->\n<!-- /example -->\n')
    expect(() => documentsOf(root)).toThrow('README.md: rampart 2 wrong ended with 2')
  })

  it('are refused where the build fails', () => {
    write('README.md', '<!-- example: rampart 0 fine -->\n<!-- /example -->\n')
    write('scripts/build.mjs', 'process.exitCode = 1')
    expect(() => documentsOf(root)).toThrow('the build ended with 1')
  })
})
