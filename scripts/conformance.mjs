// npm run -s conformance -- DIR [--answers FILE]: see test/conformance/main.ts.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const here = path.dirname(fileURLToPath(import.meta.url))
const run = spawnSync(
  process.execPath,
  [path.join(here, 'run-ts.mjs'), 'test/conformance/main.ts', ...process.argv.slice(2)],
  { stdio: 'inherit', cwd: process.env.INIT_CWD ?? process.cwd() },
)
process.exitCode = run.status ?? 2
