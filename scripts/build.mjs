// npm run build [-- --force]: dist/ (bundle and types) and THIRD-PARTY-LICENSES.txt from src/.
// Does nothing when nothing changed since the last build.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fingerprint } from './build/fingerprint.mjs'
import { projectRoot } from './project-root.mjs'

const INPUTS = [
  'src',
  'data',
  'scripts/build.mjs',
  'scripts/build',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
]
const LICENCES = path.join(projectRoot, 'THIRD-PARTY-LICENSES.txt')
const MARK = path.join(projectRoot, 'dist', '.fingerprint')

const now = fingerprint(projectRoot, INPUTS)

if (process.argv.includes('--force') || !isBuilt()) {
  try {
    await buildAll()
  } catch (error) {
    // esbuild and tsc have said what is wrong and where.
    console.error(`The build failed: ${error.message.split('\n')[0]}`)
    process.exitCode = 1
  }
}

function isBuilt() {
  const results = ['dist/cli.js', 'dist/index.js', 'dist/types/index.d.ts']
  return (
    existsSync(LICENCES) &&
    existsSync(MARK) &&
    readFileSync(MARK, 'utf8') === now &&
    results.every((file) => existsSync(path.join(projectRoot, file)))
  )
}

async function buildAll() {
  console.log('Building ...')
  // esbuild is loaded here, so that the check above stays fast and needs nothing installed.
  const { bundle } = await import('./build/bundle.mjs')
  const { bundledPackages, licencesText } = await import('./build/licences.mjs')
  const { emitTypes } = await import('./build/types.mjs')
  const metafile = await bundle(projectRoot)
  writeFileSync(LICENCES, licencesText(bundledPackages(projectRoot, metafile)))
  emitTypes(projectRoot)
  writeFileSync(MARK, now)
}
