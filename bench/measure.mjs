// node bench/measure.mjs audit|checks|read|simplest FILE
// One measurement in a process of its own, so that its memory is its own. Prints one line of JSON.
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'

const [task, file] = process.argv.slice(2)
const stages = {}

/** Runs one stage and notes its seconds. */
async function stage(name, work) {
  const start = performance.now()
  const result = await work()
  stages[name] = seconds(start)
  return result
}

const tasks = {
  /** What `rampart audit FILE -o json` does. */
  async audit() {
    const { audit, readEstate, streamJson } = await stage('load', () => import('../dist/index.js'))
    const estate = await stage('read', () => readEstate({ paths: [file] }))
    const result = await stage('audit', () => audit(estate))
    const reportBytes = await stage('report', () => lengthOf(streamJson(result)))
    return { objects: estate.objects.length, findings: result.findings.length, reportBytes }
  },
  /** The same audit with a clock around each check: what several checks look up together is on the account of the first. */
  async checks() {
    const {
      audit,
      checksByDefault,
      checks: all,
      readEstate,
    } = await stage('load', () => import('../dist/index.js'))
    const estate = await stage('read', () => readEstate({ paths: [file] }))
    const times = new Map()
    const checks = checksByDefault(all).map((check) => timed(check, times))
    await stage('audit', () => audit(estate, { checks }))
    const list = [...times].map(([check, ms]) => ({ check, seconds: Math.round(ms) / 1000 }))
    return { checks: list.sort((a, b) => b.seconds - a.seconds || (a.check < b.check ? -1 : 1)) }
  },
  async read() {
    const { readEstate } = await stage('load', () => import('../dist/index.js'))
    const estate = await stage('read', () => readEstate({ paths: [file] }))
    return { objects: estate.objects.length }
  },
  /** The simplest correct reader: the whole text at once. JSON.parse, or js-yaml's loadAll. */
  async simplest() {
    const { loadAll } = await stage('load', () => import('js-yaml'))
    const isJson = file.endsWith('.json')
    const objects = await stage('read', () => {
      const text = readFileSync(file, 'utf8')
      return isJson ? JSON.parse(text).items : loadAll(text)
    })
    return { objects: objects.length }
  },
}

/** The report as the command line writes it: in pieces, never one text. */
function lengthOf(pieces) {
  let length = 0
  for (const piece of pieces) length += piece.length
  return length
}

function timed(check, times) {
  times.set(check.id, 0)
  const evaluate = (subject, report) => {
    const start = performance.now()
    check.evaluate(subject, report)
    times.set(check.id, times.get(check.id) + performance.now() - start)
  }
  return { ...check, evaluate }
}

function seconds(start) {
  return Math.round(performance.now() - start) / 1000
}

const start = performance.now()
const told = await tasks[task]()
const peakRssMiB = Math.round(process.resourceUsage().maxRSS / 1024)
console.log(JSON.stringify({ ...told, seconds: seconds(start), peakRssMiB, stages }))
