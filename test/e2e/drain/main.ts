/**
 * npm run -s e2e:drain [-- --only TEXT] [--at-once N]
 *
 * Sets the same start again and again in a real cluster, and lets real kubectl, `rampart drain --compat kubectl` and
 * `rampart drain` drain it, each through a proxy that writes down every request. Compares exit status, lines, requests
 * and what is there at the end. Prints how they differ where they do, where ours is meant to, and
 * `drain: N of N rows equal to kubectl vX`. Exit 0 when all are equal, 1 when not, 3 when there is no kubectl or no
 * cluster here. Where no kubelet runs, the test ends pods as one would.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { ClusterUnavailable, startCluster } from '../../cluster/start-cluster.js'
import { kubectlPath, kubectlVersion } from '../peers/kubectl.js'
import { adminOf, type Admin } from './api.js'
import { differences } from './compare.js'
import { play, type Played, type Player } from './play.js'
import { onRealNodes, REAL_ROW } from './real-nodes.js'
import type { Row } from './row.js'
import { ROWS } from './rows.js'

const say = (line: string): void => void process.stderr.write(`${line}\n`)
const CLI = path.resolve('dist/cli.js')

/** What became of a row. */
interface Judged {
  readonly row: Row
  readonly faults: readonly string[]
  readonly seconds: number
  /** For a row that is meant to differ: how each of them ended. */
  readonly apart?: string
}

async function judge(admin: Admin, row: Row, id: string, kubectl: string, folder: string): Promise<Judged> {
  const start = Date.now()
  const cache = path.join(folder, 'cache')
  const verb = row.command ?? 'drain'
  const theirs: Player = { letter: 'k', command: () => [kubectl, verb, '--cache-dir', cache] }
  const exact: Player = {
    letter: 'e',
    command: () => [process.execPath, CLI, verb, ...(verb === 'drain' ? ['--compat', 'kubectl'] : [])],
  }
  const own: Player = { letter: 'o', command: () => [process.execPath, CLI, verb] }
  const as = (player: Player): Promise<Played> => play(admin, row, `${id}${player.letter}`, player, folder)
  const [wanted, given, spoken] = await Promise.all([as(theirs), as(exact), as(own)])
  const seconds = (Date.now() - start) / 1000
  if (row.wanted !== undefined) {
    const { exit, says } = row.ours ?? { exit: 0, says: /^/ }
    const text = `${spoken.out}${spoken.err}`
    const faults = spoken.exit === exit && says.test(text) ? [] : [`ended with ${spoken.exit}: ${text}`]
    return { row, faults, seconds, apart: `kubectl ends with ${wanted.exit}, rampart with ${spoken.exit}` }
  }
  const faults = [
    ...differences(wanted, given, false).map((each) => `with --compat kubectl: ${each}`),
    ...differences(wanted, spoken, true),
    ...(row.explains === undefined || row.explains.test(spoken.err)
      ? []
      : [`does not explain itself: ${spoken.err}`]),
  ]
  return { row, faults, seconds }
}

/** The rows on a control plane whose controllers are the test itself. */
async function playRows(
  kubectl: string,
  folder: string,
  rows: readonly Row[],
  atOnce: number,
): Promise<Judged[]> {
  const cluster = await startCluster({
    say,
    kubelet: false,
    // Nobody but the test changes budgets, pods and namespaces.
    controllerManager: false,
    scheduler: false,
    apiServerArgs: ['--disable-admission-plugins=ServiceAccount'],
  })
  try {
    const admin = adminOf(cluster)
    const judged: Judged[] = []
    let next = 0
    const worker = async (): Promise<void> => {
      for (let index = next++; index < rows.length; index = next++) {
        const row = rows[index] as Row
        const one = await judge(admin, row, `r${String(index).padStart(2, '0')}`, kubectl, folder)
        judged.push(one)
        say(`${one.faults.length === 0 ? 'ok  ' : 'FAIL'} ${row.name} (${one.seconds.toFixed(1)} s)`)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
    return judged
  } finally {
    await cluster.stop()
  }
}

/** The row on real nodes; undefined where none can run here, which is said. */
async function playForReal(kubectl: string, folder: string): Promise<Judged | undefined> {
  const start = Date.now()
  const cache = path.join(folder, 'cache')
  const found = await onRealNodes(
    [
      { name: 'kubectl', command: [kubectl, 'drain', '--cache-dir', cache] },
      { name: 'rampart --compat kubectl', command: [process.execPath, CLI, 'drain', '--compat', 'kubectl'] },
      { name: 'rampart', command: [process.execPath, CLI, 'drain'] },
    ],
    folder,
    say,
  )
  if ('absent' in found) {
    say(`not played, no node runs here: ${REAL_ROW}: ${found.absent}`)
    return undefined
  }
  const seconds = (Date.now() - start) / 1000
  say(`${found.length === 0 ? 'ok  ' : 'FAIL'} ${REAL_ROW} (${seconds.toFixed(1)} s)`)
  return { row: { name: REAL_ROW, args: [] }, faults: found, seconds }
}

async function compare(kubectl: string, folder: string): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, 'at-once': { type: 'string', default: '6' } },
  })
  const { only } = values
  const isWanted = (name: string): boolean => only === undefined || name.includes(only)
  const rows = ROWS.filter(({ name }) => isWanted(name))
  const judged = rows.length === 0 ? [] : await playRows(kubectl, folder, rows, Number(values['at-once']))
  const real = isWanted(REAL_ROW) ? await playForReal(kubectl, folder) : undefined
  if (real !== undefined) judged.push(real)
  for (const { row, faults } of judged) {
    if (faults.length > 0)
      process.stdout.write(`${row.name}\n${faults.map((each) => `  ${each}\n`).join('')}`)
  }
  for (const { row, apart } of judged) {
    if (apart !== undefined) process.stdout.write(`apart: ${row.name}; ${apart}: ${row.wanted}\n`)
  }
  const compared = judged.filter(({ apart }) => apart === undefined)
  const equal = compared.filter(({ faults }) => faults.length === 0).length
  process.stdout.write(
    `drain: ${equal} of ${compared.length} rows equal to kubectl ${kubectlVersion(kubectl)}\n`,
  )
  return judged.every(({ faults }) => faults.length === 0) ? 0 : 1
}

async function main(): Promise<number> {
  const kubectl = kubectlPath()
  if (kubectl === undefined) return 3
  const folder = mkdtempSync(path.join(tmpdir(), 'rampart-drain-'))
  try {
    return await compare(kubectl, folder)
  } catch (error) {
    if (!(error instanceof ClusterUnavailable)) throw error
    say(`drain: no cluster: ${error.message}`)
    return 3
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))
process.exitCode = await main()
