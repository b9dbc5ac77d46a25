import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const ENTRY = `
export { checks } from './src/checks/index.js'
export { runAudit } from './src/audit/index.js'
export { estateFrom } from './src/sources/index.js'
`

/**
 * The checks as values, each with what it says of its own bad example:
 * `[{check, findings}]`. The given catalogue is used, not the one on disk, which may be old.
 */
export async function loadChecks(root, catalogue) {
  const { checks, runAudit, estateFrom } = await importSources(root, catalogue)
  const loaded = []
  for (const check of checks) {
    const { settings } = check.examples.bad
    const result = runAudit(await estateFrom(check.examples.bad), { version: '', checks: [check], settings })
    loaded.push({ check, findings: result.findings })
  }
  return loaded
}

async function importSources(root, catalogue) {
  const outfile = path.join(root, '.tmp', `checks-${process.pid}-${Date.now()}.mjs`)
  mkdirSync(path.dirname(outfile), { recursive: true })
  const useCatalogue = {
    name: 'use-catalogue',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]src[\\/]checks[\\/]catalogue\.ts$/ }, () => ({
        contents: catalogue,
        loader: 'ts',
      }))
    },
  }
  await build({
    absWorkingDir: root,
    stdin: { contents: ENTRY, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    plugins: [useCatalogue],
    logLevel: 'error',
  })
  try {
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(outfile, { force: true })
  }
}
