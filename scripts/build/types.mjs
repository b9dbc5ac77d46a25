import { cpSync, rmSync } from 'node:fs'
import path from 'node:path'
import { run } from '../run-command.mjs'

/** Writes dist/types/: the declarations of everything that src/index.ts reaches. Throws when tsc refuses. */
export function emitTypes(root) {
  const all = path.join(root, '.tmp', 'types')
  rmSync(all, { recursive: true, force: true })
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  if (run(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', all]) !== 0) {
    throw new Error('tsc could not write the declarations')
  }
  // The sources import data/*.json, so the root of all inputs is the project and not src/.
  cpSync(path.join(all, 'src'), path.join(root, 'dist', 'types'), { recursive: true })
  rmSync(all, { recursive: true, force: true })
}
