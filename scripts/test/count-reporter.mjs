// A vitest reporter that writes {passed, failed, skipped} to the file named in RAMPART_TEST_COUNTS.
// A file that cannot be loaded, a failed hook and an error outside of any test count as failed: none may go unseen.
import { writeFileSync } from 'node:fs'

export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 }
    for (const module of modules) countModule(module, counts)
    const file = process.env.RAMPART_TEST_COUNTS
    if (file) writeFileSync(file, JSON.stringify(counts))
  }
}

function countModule(module, counts) {
  counts.failed += module.errors().length
  for (const suite of module.children.allSuites()) counts.failed += suite.errors().length
  for (const test of module.children.allTests()) {
    const { state } = test.result()
    if (state === 'passed' || state === 'failed') counts[state] += 1
    // A test that never ended is not a pass. Those in a suite of a skipped suite were never to begin.
    else if (state === 'pending' && !isInSkipped(test)) counts.failed += 1
    else counts.skipped += 1
  }
}

function isInSkipped(test) {
  for (let suite = test.parent; suite.type === 'suite'; suite = suite.parent)
    if (suite.options.mode === 'skip') return true
  return false
}
