// npm run generate [-- --check]: src/checks/catalogue.ts and docs/checks/ from the checks themselves, and
// the output of commands in README.md and docs/*.md.
// With --check nothing is written; exit 1 and the names of the files that differ.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { catalogueText } from './generate/catalogue.mjs'
import { checkIndex, checkPage } from './generate/check-page.mjs'
import { documentsWithExamples } from './generate/command-examples.mjs'
import { findChecks } from './generate/find-checks.mjs'
import { loadChecks } from './generate/load-checks.mjs'
import { projectRoot } from './project-root.mjs'

const PAGES = 'docs/checks'

const CATALOGUE = 'src/checks/catalogue.ts'

/** The pages of docs/checks/: a map from path to text. Throws when a check and its file disagree. */
async function pageFiles(root, checks, catalogue) {
  const loaded = await loadChecks(root, catalogue)
  for (const [index, { check }] of loaded.entries()) {
    const { id, file } = checks[index]
    if (check.id !== id)
      throw new Error(`${file} holds the check ${check.id}: id and file name must be the same`)
  }
  const areaOf = (id) => checks.find((check) => check.id === id).area
  return new Map([
    [`${PAGES}/index.md`, checkIndex(loaded, areaOf)],
    ...loaded.map((each) => [`${PAGES}/${each.check.id}.md`, checkPage(each)]),
  ])
}

/** Pages that no check stands behind any more. */
function leftPages(root, pages) {
  const folder = path.join(root, PAGES)
  const present = existsSync(folder) ? readdirSync(folder).map((name) => `${PAGES}/${name}`) : []
  return present.filter((page) => page.endsWith('.md') && !pages.has(page))
}

/** Writes what differs, or with `onlyCheck` nothing; returns the paths. */
function update(root, files, onlyCheck) {
  const changed = [...files].filter(([file, text]) => read(path.join(root, file)) !== text)
  for (const [file, text] of onlyCheck ? [] : changed) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    writeFileSync(path.join(root, file), text)
  }
  return changed.map(([file]) => file)
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

async function main(root, onlyCheck) {
  const checks = findChecks(root)
  const catalogue = await catalogueText(root, checks)
  // One after the other: the list is right even while a check does not compile, the pages while no command runs.
  const changed = update(root, new Map([[CATALOGUE, catalogue]]), onlyCheck)
  const pages = await pageFiles(root, checks, catalogue)
  changed.push(...update(root, pages, onlyCheck))
  const left = leftPages(root, pages)
  if (!onlyCheck) for (const file of left) rmSync(path.join(root, file))
  changed.push(...update(root, documentsWithExamples(root), onlyCheck))
  if (onlyCheck) {
    for (const file of [...changed, ...left]) console.error(`out of date: ${file}`)
    if (changed.length + left.length > 0) throw new Error('run `npm run generate` and commit the result')
    return
  }
  console.log(`${checks.length} checks; ${changed.length} files written, ${left.length} removed`)
}

try {
  await main(projectRoot, process.argv.includes('--check'))
} catch (error) {
  console.error(`generate: ${error.message}`)
  process.exitCode = 1
}
