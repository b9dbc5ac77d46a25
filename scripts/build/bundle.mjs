import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'esbuild'

// Bundled CommonJS packages call require for Node's own modules, which an ES module does not have.
const REQUIRE =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);\n"

/** Writes dist/cli.js, dist/index.js and their shared chunks; returns esbuild's metafile. */
export async function bundle(root) {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  const result = await build({
    absWorkingDir: root,
    entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts' },
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    // ssh2 does without these: they are built for one machine, and its own code does the same.
    external: ['*.node', 'cpu-features'],
    // Identifiers stay: a stack trace in a bug report should name our functions.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    charset: 'utf8',
    plugins: [dataAsText],
    define: { RAMPART_VERSION: JSON.stringify(version) },
    metafile: true,
    write: false,
    logLevel: 'error',
  })
  // Only now: a build that fails leaves the last good one in place.
  rmSync(path.join(root, 'dist'), { recursive: true, force: true })
  for (const output of result.outputFiles) write(root, output)
  return result.metafile
}

/** Large data stands in the bundle as one text: V8 reads JSON in half of the time of the same as source. */
const LARGE = 8 * 1024

const dataAsText = {
  name: 'data-as-text',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]data[\\/].*\.json$/ }, async ({ path: file }) => {
      const text = JSON.stringify(JSON.parse(await readFile(file, 'utf8')))
      if (text.length < LARGE) return undefined
      return { contents: `export default /* @__PURE__ */ JSON.parse(${JSON.stringify(text)})`, loader: 'js' }
    })
  },
}

function write(root, { path: file, text }) {
  const isCli = path.relative(root, file) === path.join('dist', 'cli.js')
  const required = text.includes('Dynamic require of "') ? REQUIRE : ''
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, `${isCli ? '#!/usr/bin/env node\n' : ''}${required}${text.replace(/^#!.*\n/, '')}`)
  if (isCli) chmodSync(file, 0o755)
}
