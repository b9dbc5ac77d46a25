import { format, resolveConfig } from 'prettier'
import path from 'node:path'

/** The text of src/checks/catalogue.ts: the explicit list of all checks, by id. */
export async function catalogueText(root, checks) {
  const lines = [
    '// Written by `npm run generate`: the checks of src/checks/<area>/, by id.',
    ...checks.map(({ id, area, constant }) => `import { ${constant} } from './${area}/${id}.js'`),
    `import type { AnyCheck } from './define-check.js'`,
    '',
    `/** All checks, by id. */`,
    `export const checks: readonly AnyCheck[] = [${checks.map(({ constant }) => constant).join(', ')}]`,
  ]
  const options = await resolveConfig(path.join(root, 'package.json'))
  return format(lines.join('\n'), { ...options, parser: 'typescript' })
}
