// Bundles a TypeScript entry with esbuild into .tmp/ and runs it with the given arguments:
//   node scripts/run-ts.mjs ENTRY.ts [ARGUMENT...]
// For development commands that use the sources themselves; the published package holds none of them.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/** Bundles `entry` (relative to the project's root) and returns the path of the result. */
export async function bundle(entry) {
  mkdirSync(path.join(root, '.tmp'), { recursive: true })
  const outfile = path.join(root, '.tmp', `${path.basename(entry, '.ts')}-${process.pid}.mjs`)
  await build({
    entryPoints: [path.join(root, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    loader: { '.gz': 'file' },
    external: ['vitest', 'esbuild', '*.node', 'cpu-features'],
    banner: {
      js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);",
    },
    logLevel: 'error',
  })
  return outfile
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [entry, ...args] = process.argv.slice(2)
  const { rmSync } = await import('node:fs')
  const file = await bundle(entry)
  process.argv = [process.argv[0], file, ...args]
  process.on('exit', () => rmSync(file, { force: true }))
  await import(pathToFileURL(file).href)
}
