// npm run -s bench -- [--json] [--objects N] [--format json|yaml] [--seed N]
// Audits a generated cluster with the built library and says how long it took and how much memory it needed.
// Reading is compared with the simplest correct reader on a smaller cluster: one text does not hold a large one.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { writeCluster } from './generate-cluster.mjs'

const HERE = path.dirname(fileURLToPath(import.meta.url))
const COMPARED = 20_000

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    objects: { type: 'string', default: '100000' },
    format: { type: 'string', default: 'json' },
    seed: { type: 'string', default: '1' },
  },
})
const objects = Number(values.objects)
const { format } = values
if (!Number.isInteger(objects) || objects < 1 || !['json', 'yaml'].includes(format)) {
  console.error('usage: npm run -s bench -- [--json] [--objects N] [--format json|yaml] [--seed N]')
  process.exit(2)
}

const folder = mkdtempSync(path.join(tmpdir(), 'rampart-bench-'))
try {
  node(['../scripts/build.mjs'], { stdio: ['ignore', 2, 2] })
  const large = await cluster('cluster', objects)
  const small = await cluster('compared', Math.min(objects, COMPARED))
  const audited = measure('audit', large)
  const { checks } = measure('checks', small)
  const ours = measure('read', small)
  const simplest = measure('simplest', small)
  const result = {
    objects: audited.objects,
    seconds: audited.seconds,
    objectsPerSecond: Math.round(audited.objects / audited.seconds),
    peakRssMiB: audited.peakRssMiB,
    stages: audited.stages,
    format,
    megabytes: Math.round(statSync(large).size / 1e6),
    findings: audited.findings,
    checks: { objects: ours.objects, seconds: sum(checks), each: checks },
    compared: {
      with: format === 'json' ? 'JSON.parse of the whole file' : "js-yaml's loadAll of the whole file",
      objects: ours.objects,
      seconds: simplest.stages.read,
      rampartSeconds: ours.stages.read,
      ratio: Math.round((ours.stages.read / simplest.stages.read) * 100) / 100,
      peakRssMiB: simplest.peakRssMiB,
      rampartPeakRssMiB: ours.peakRssMiB,
    },
  }
  console.log(values.json ? JSON.stringify(result) : inWords(result))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function cluster(name, count) {
  const file = path.join(folder, `${name}.${format}`)
  await writeCluster(file, { objects: count, format, seed: Number(values.seed) })
  return file
}

function measure(task, file) {
  return JSON.parse(node(['measure.mjs', task, file], { stdio: ['ignore', 'pipe', 2] }).stdout)
}

/** Runs a script of ours; its failure is ours. */
function node([script, ...args], options) {
  const done = spawnSync(process.execPath, [path.join(HERE, script), ...args], {
    encoding: 'utf8',
    ...options,
  })
  if (done.status === 0) return done
  console.error(
    `bench: ${script} ${args.join(' ')} failed (${done.status ?? done.signal ?? done.error?.message})`,
  )
  rmSync(folder, { recursive: true, force: true })
  process.exit(1)
}

function sum(checks) {
  return Math.round(checks.reduce((total, { seconds }) => total + seconds, 0) * 1000) / 1000
}

/** So many of the slowest checks are named; --json has them all. */
const SLOWEST = 8

function inWords({ stages, compared, checks, ...all }) {
  const times = Object.entries(stages).map(([name, time]) => `${name} ${time} s`)
  return [
    `${all.objects} objects (${all.format}, ${all.megabytes} MB): ${all.seconds} s, ${all.objectsPerSecond} objects/s, ${all.peakRssMiB} MiB at most`,
    `  ${times.join(', ')}; ${all.findings} findings`,
    `  ${checks.each.length} checks of ${checks.objects} objects: ${checks.seconds} s; ${checks.each
      .slice(0, SLOWEST)
      .map(({ check, seconds }) => `${check} ${Math.round((seconds / checks.seconds) * 100)} %`)
      .join(', ')}`,
    `  reading ${compared.objects} objects: ${compared.rampartSeconds} s; ${compared.with}: ${compared.seconds} s (ratio ${compared.ratio})`,
  ].join('\n')
}
