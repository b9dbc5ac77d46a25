import path from 'node:path'
import { ESLint } from 'eslint'
import { describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const eslint = new ESLint({ cwd: root })

/** Ids of the rules that object to this text, were it the content of that file. */
async function objections(file: string, text: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(text, { filePath: path.join(root, file) })
  return (result?.messages ?? []).map(({ ruleId, severity }) =>
    severity === 2 ? ruleId : `warning ${ruleId ?? ''}`,
  )
}

const LONG = Array.from({ length: 300 }, (_, index) => `export const line${index} = ${index}`).join('\n')

describe('the lint rules of the house', () => {
  it.each([
    [
      'any',
      'src/kube/index.ts',
      'export const read = (value: any): void => { String(value) }',
      '@typescript-eslint/no-explicit-any',
    ],
    ['a default export', 'src/kube/index.ts', 'export default 1', 'no-restricted-syntax'],
    [
      'process in the core',
      'src/kube/index.ts',
      'export const home = process.env.HOME',
      'no-restricted-globals',
    ],
    ['console in the core', 'src/audit/index.ts', 'console.log(1)', 'no-console'],
    [
      'a promise that nobody waits for',
      'src/cli/main.ts',
      'Promise.resolve(1)',
      '@typescript-eslint/no-floating-promises',
    ],
    ['a file of 300 lines', 'src/kube/index.ts', LONG, 'warning max-lines'],
  ])(
    'refuse %s',
    async (_name, file, text, rule) => {
      expect(await objections(file, text)).toContain(rule)
    },
    60_000,
  )

  it.each([
    ['process in the command line', 'src/cli/main.ts', 'export const home = process.env.HOME'],
    ['process in the sources', 'src/sources/index.ts', 'export const home = process.env.HOME'],
    ['a long test', 'src/text/flags.test.ts', LONG],
  ])(
    'allow %s',
    async (_name, file, text) => {
      const found = await objections(file, text)
      expect(found.filter((rule) => /restricted|max-lines/.test(rule ?? ''))).toEqual([])
    },
    60_000,
  )
})
