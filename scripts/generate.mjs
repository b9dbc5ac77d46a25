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

/** Paths whose text differs, and pages that no check stands behind any more. */
function outdated(root, files) {
  const changed = [...files]
    .filter(([file, text]) => read(path.join(root, file)) !== text)
    .map(([file]) => file)
  const folder = path.join(root, PAGES)
  const pages = existsSync(folder) ? readdirSync(folder).map((name) => `${PAGES}/${name}`) : []
  return { changed, left: pages.filter((page) => page.endsWith('.md') && !files.has(page)) }
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

function write(root, file, text) {
  const full = path.join(root, file)
  mkdirSync(path.dirname(full), { recursive: true })
  writeFileSync(full, text)
}

async function main(root, onlyCheck) {
  const checks = findChecks(root)
  const catalogue = await catalogueText(root, checks)
  const stale = read(path.join(root, CATALOGUE)) !== catalogue
  // The list first: it is right even while a check does not compile.
  if (stale && !onlyCheck) write(root, CATALOGUE, catalogue)
  const pages = new Map([...(await pageFiles(root, checks, catalogue)), ...documentsWithExamples(root)])
  const { changed, left } = outdated(root, pages)
  const all = [...(stale ? [CATALOGUE] : []), ...changed, ...left]
  if (onlyCheck) {
    for (const file of all) console.error(`out of date: ${file}`)
    if (all.length > 0) throw new Error('run `npm run generate` and commit the result')
    return
  }
  for (const file of changed) write(root, file, pages.get(file))
  for (const file of left) rmSync(path.join(root, file))
  console.log(`${checks.length} checks; ${all.length - left.length} files written, ${left.length} removed`)
}

try {
  await main(projectRoot, process.argv.includes('--check'))
} catch (error) {
  console.error(`generate: ${error.message}`)
  process.exitCode = 1
}
