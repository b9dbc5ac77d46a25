import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const LIBRARY = pathToFileURL(path.resolve('dist/index.js')).href

/** The programs of docs/library.md, each with the output that stands below it, where one does. */
const examples = [
  ...readFileSync('docs/library.md', 'utf8').matchAll(/```ts\n([^]*?)```(?:\n\n```text\n([^]*?)```)?/g),
].map(([, program = '', output]) => ({ program, output }))

describe('docs/library.md', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'rampart-library-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('has programs with their output', () => {
    expect(examples.filter(({ output }) => output !== undefined).length).toBeGreaterThanOrEqual(2)
  })

  // The programs name no types, so that they run as they are.
  it.each(examples.map((example, index) => [index + 1, example] as const))(
    'program %i prints what it says',
    (index, { program, output }) => {
      const file = path.join(folder, `${index}.mjs`)
      writeFileSync(file, program.replaceAll("'rampart'", `'${LIBRARY}'`))
      const printed = execFileSync(process.execPath, [file], { encoding: 'utf8' })
      if (output !== undefined) expect(printed).toBe(output)
    },
  )
})
