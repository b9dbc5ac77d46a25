import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
// @ts-expect-error: a plain script, typed by its use here
import { bundledPackages, licencesText } from '../../scripts/build/licences.mjs'
import { emptyFolder } from '../kit/copy-project.js'

interface Bundled {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly text: string
}
const read = bundledPackages as (root: string, metafile: unknown) => Bundled[]
const render = licencesText as (packages: readonly Bundled[]) => string

describe('THIRD-PARTY-LICENSES.txt', () => {
  let folder: string
  beforeEach(() => {
    folder = emptyFolder('licences')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  /** Installs a package in the folder and says that the bundle holds one of its files. */
  function install(name: string, license: unknown, files: Readonly<Record<string, string>>): string {
    const place = path.join(folder, 'node_modules', name)
    mkdirSync(place, { recursive: true })
    writeFileSync(path.join(place, 'package.json'), JSON.stringify({ name, version: '1.2.3', license }))
    for (const [file, text] of Object.entries(files)) writeFileSync(path.join(place, file), text)
    return `node_modules/${name}/lib/index.js`
  }
  const metafile = (...inputs: string[]): unknown => ({
    outputs: {
      'dist/cli.js': { inputs: Object.fromEntries(['src/a.ts', ...inputs].map((each) => [each, {}])) },
    },
  })

  it('names each bundled package once, with version and text, and not our own files', () => {
    const plain = install('plain', 'MIT', { LICENSE: 'Plain text\n' })
    const scoped = install('@scope/name', 'ISC', { 'licence.md': 'Scoped text', NOTICE: 'A notice' })
    const packages = read(folder, metafile(plain, scoped, plain.replace('index', 'other')))
    expect(packages).toEqual([
      { name: '@scope/name', version: '1.2.3', licence: 'ISC', text: 'A notice\n\nScoped text' },
      { name: 'plain', version: '1.2.3', licence: 'MIT', text: 'Plain text' },
    ])
    expect(render(packages)).toContain('plain 1.2.3 (MIT)')
    expect(render(packages)).toContain('Scoped text')
  })

  it.each(['GPL-3.0', undefined, 'SEE LICENSE IN LICENSE', { type: 'MIT' }])('refuses %j', (license) => {
    const file = install('odd', license, { LICENSE: 'text' })
    expect(() => read(folder, metafile(file))).toThrow(/odd 1\.2\.3 has the licence/)
  })

  it('takes the text of another package of the same repository, and of no other', () => {
    const write = (name: string, url: string): void =>
      writeFileSync(
        path.join(folder, 'node_modules', name, 'package.json'),
        JSON.stringify({ name, version: '1.2.3', license: 'MIT', repository: { url } }),
      )
    const bare = install('@many/bare', 'MIT', {})
    install('@many/a-stranger', 'MIT', { LICENSE: 'Another text' })
    install('@many/sibling', 'MIT', { LICENSE: 'Our text' })
    write('@many/bare', 'git+https://example.com/many.git')
    write('@many/a-stranger', 'git+https://example.com/stranger.git')
    expect(() => read(folder, metafile(bare))).toThrow(/brings no licence file/)
    write('@many/sibling', 'git+https://example.com/many.git')
    expect(read(folder, metafile(bare))).toMatchObject([{ name: '@many/bare', text: 'Our text' }])
  })

  it('refuses a package that brings no licence text', () => {
    expect(() => read(folder, metafile(install('bare', 'MIT', {})))).toThrow(
      /bare 1\.2\.3 brings no licence file/,
    )
  })
})
