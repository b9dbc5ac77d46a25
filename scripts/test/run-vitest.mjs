import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { projectRoot } from '../project-root.mjs'
import { run } from '../run-command.mjs'

/**
 * Runs vitest once with further arguments and returns `{passed, failed, skipped}`. A run that dies, or that finds no
 * test, is counted as one failure; with `mayBeEmpty`, skipped tests are enough.
 */
export function runVitest(args, { mayBeEmpty = false } = {}) {
  const folder = path.join(projectRoot, '.tmp')
  const file = path.join(folder, `test-counts-${process.pid}.json`)
  mkdirSync(folder, { recursive: true })
  const vitest = path.join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['default', path.join(projectRoot, 'scripts', 'test', 'count-reporter.mjs')].map(
    (name) => `--reporter=${name}`,
  )
  const code = run(process.execPath, [vitest, 'run', ...reporters, ...args], {
    env: { ...process.env, RAMPART_TEST_COUNTS: file },
  })
  const counts = readCounts(file)
  rmSync(file, { force: true })
  const ran = counts.passed > 0 || (mayBeEmpty && counts.skipped > 0)
  const silent = counts.failed === 0 && (code !== 0 || !ran)
  return silent ? { ...counts, failed: 1 } : counts
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}
