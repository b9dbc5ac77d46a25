// Which packages went into the bundle, under which licence: from what esbuild says it read, not from a list.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

/** Licences that allow to ship the code inside an Apache-2.0 package. The same list stands for `npm run check:architecture`. */
export const ALLOWED_LICENCES = [
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Unlicense',
]

/** The bundled packages of an esbuild metafile: `{name, version, licence, text}`, by name. Throws on a licence that may not ship. */
export function bundledPackages(root, metafile) {
  const folders = new Set()
  for (const output of Object.values(metafile.outputs)) {
    for (const input of Object.keys(output.inputs)) {
      const folder = packageFolder(input)
      if (folder !== undefined) folders.add(folder)
    }
  }
  return [...folders].sort().map((folder) => describePackage(path.join(root, folder)))
}

/** The text of THIRD-PARTY-LICENSES.txt. */
export function licencesText(packages) {
  const line = '-'.repeat(80)
  const head = 'The published package of Rampart holds code of the following packages.\n'
  return [
    head,
    ...packages.map(
      ({ name, version, licence, text }) => `${line}\n${name} ${version} (${licence})\n${line}\n\n${text}\n`,
    ),
  ].join('\n')
}

/** `node_modules/@scope/name` of an input path, undefined for our own files. */
function packageFolder(input) {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)
  return match?.[1]
}

function describePackage(folder) {
  const { name, version, license, licenses } = readPackage(folder)
  // Old packages name it in a list of objects. Source: docs.npmjs.com, package.json, license.
  const licence = license ?? licenses?.[0]?.type
  if (!ALLOWED_LICENCES.includes(licence)) {
    throw new Error(
      `${name} ${version} has the licence ${licence}, which may not be shipped: leave it out of the bundle`,
    )
  }
  const own = licenceTexts(folder)
  const texts = own.length > 0 ? own : siblingTexts(folder)
  if (texts.length === 0) throw new Error(`${name} ${version} brings no licence file: add its text by hand`)
  return { name, version, licence, text: texts.join('\n\n') }
}

function readPackage(folder) {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
}

function licenceTexts(folder) {
  const files = existsSync(folder) ? readdirSync(folder) : []
  return files
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .sort()
    .map((file) => readFileSync(path.join(folder, file), 'utf8').trim())
}

/** A package of a repository with many may leave out the text that the others of its scope bring: same repository, same licence. */
function siblingTexts(folder) {
  const { repository, license } = readPackage(folder)
  const scope = path.dirname(folder)
  if (!path.basename(scope).startsWith('@') || repository?.url === undefined) return []
  for (const name of readdirSync(scope).sort()) {
    const sibling = path.join(scope, name)
    if (!existsSync(path.join(sibling, 'package.json'))) continue
    const other = readPackage(sibling)
    const texts = licenceTexts(sibling)
    if (other.repository?.url === repository.url && other.license === license && texts.length > 0)
      return texts
  }
  return []
}
