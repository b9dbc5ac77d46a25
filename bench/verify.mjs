// npm run -s bench:verify -- [--json] [--mebibytes N] [--rounds N]
// Hashes a file as `rampart verify` does (SHA-256 and SHA-512 in one reading) and with sha512sum, in turns in one run, and
// prints how the two relate. The file lies in the page cache: what is measured is hashing.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { hashFile } from '../dist/index.js'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    mebibytes: { type: 'string', default: '150' },
    rounds: { type: 'string', default: '7' },
  },
})
const size = Number(values.mebibytes)
const rounds = Number(values.rounds)
if (!Number.isInteger(size) || size < 1 || !Number.isInteger(rounds) || rounds < 1) {
  console.error('--mebibytes and --rounds are whole numbers')
  process.exit(2)
}

const folder = mkdtempSync(path.join(tmpdir(), 'rampart-bench-verify-'))
try {
  const file = path.join(folder, 'program')
  writeFileSync(file, '')
  for (let part = 0; part < size; part += 1) appendFileSync(file, randomBytes(1 << 20))
  readFileSync(file)
  const ours = []
  const theirs = []
  let said = ''
  for (let round = 0; round < rounds; round += 1) {
    let begin = performance.now()
    const { sha512 } = await hashFile(file)
    ours.push(performance.now() - begin)
    begin = performance.now()
    const run = spawnSync('sha512sum', [file], { encoding: 'utf8' })
    theirs.push(performance.now() - begin)
    if (run.status !== 0) throw new Error(`sha512sum is not here: ${run.error?.message ?? run.stderr}`)
    said = run.stdout.split(' ')[0]
    if (said !== sha512) throw new Error('the two disagree about the digest')
  }
  const result = {
    mebibytes: size,
    rounds,
    rampartMs: Math.round(median(ours)),
    sha512sumMs: Math.round(median(theirs)),
    ratio: Math.round((median(ours) / median(theirs)) * 100) / 100,
  }
  console.log(
    values.json
      ? JSON.stringify(result)
      : `${size} MiB, median of ${rounds}: sha256 and sha512 by rampart ${result.rampartMs} ms, sha512sum ${result.sha512sumMs} ms, ratio ${result.ratio}`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function median(list) {
  const sorted = [...list].sort((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)]
}
