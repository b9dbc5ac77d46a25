// npm test [-- VITEST-ARGUMENT...]: installs, builds, runs every test that needs nothing but Node.
// The last line is `N passed, N failed`; exit 1 when a test failed or none ran.
import { ensureInstalled } from './ensure-installed.mjs'
import { run } from './run-command.mjs'
import { runVitest } from './test/run-vitest.mjs'

ensureInstalled()
const built = run(process.execPath, ['scripts/build.mjs'])
if (built !== 0) {
  // Without the bundle the tests would judge an old one.
  console.log('The build failed; no test was run.\n0 passed, 1 failed')
  process.exit(1)
}
const { passed, failed, skipped } = runVitest(process.argv.slice(2))
if (skipped > 0) console.log(`${skipped} skipped`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
