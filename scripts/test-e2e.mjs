// npm run test:e2e [-- VITEST-ARGUMENT...]: the tests against real peers (a browser, Docker, kubectl), each skipped with
// a message where its peer is absent. The last line is `N passed, N failed`.
import { ensureInstalled } from './ensure-installed.mjs'
import { run } from './run-command.mjs'
import { runVitest } from './test/run-vitest.mjs'

ensureInstalled()
if (run(process.execPath, ['scripts/build.mjs']) !== 0) process.exit(1)
const config = ['--config', 'vitest.e2e.config.ts']
const { passed, failed, skipped } = runVitest([...config, ...process.argv.slice(2)], { mayBeEmpty: true })
if (skipped > 0) console.log(`${skipped} skipped`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
