/**
 * An upgrade of a control plane and two workers before a real API server, killed (SIGKILL) at every boundary of every
 * step: when a step is begun, between its act and the record of it, after the record, and after its check. Each time a new
 * process goes on. Afterwards each command that a host was told is compared with the plan: none twice, none missing.
 *
 * Prints `upgrade: killed at K of K boundaries: 0 repeated, 0 skipped`.
 */
import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { applyUpgrade, readPlan, type UpgradeEvent } from '../../src/actions/upgrade/index.js'
import { valueAt } from '../../src/model/index.js'
import type { UpgradePlan } from '../../src/upgrade/index.js'
import { ClusterUnavailable, startCluster } from '../cluster/start-cluster.js'
import { HollowFleet } from '../e2e/upgrade/fleet/hollow-fleet.js'
import { HollowHost } from '../e2e/upgrade/fleet/hollow-host.js'
import { clientOf, planOf, QUICK } from '../e2e/upgrade/scene.js'
import { makeWorkloads } from '../e2e/upgrade/workloads.js'

/**
 * A process that dies between act and record never comes to the record, and a gate that was begun holds at the next look:
 * what excludes another boundary of its step is killed in an upgrade of its own.
 */
const PASSES = [['acting', 'checked'], ['acted'], ['returned']] as const
const say = (line: string): void => void process.stderr.write(`${line}\n`)

interface Counted {
  readonly boundaries: number
  readonly killed: number
  readonly repeated: readonly string[]
  readonly skipped: readonly string[]
}

export async function crashUpgrade(args: readonly string[]): Promise<number> {
  const [role, ...rest] = args
  if (role === 'child') return child(rest)
  if (process.getuid?.() !== 0) {
    process.stdout.write('upgrade: hosts need root here, for mounts of their own: not run\n')
    return 3
  }
  try {
    const passes: Counted[] = []
    for (const kinds of PASSES) passes.push(await onePass(kinds))
    const sum = (count: (pass: Counted) => number): number =>
      passes.reduce((all, pass) => all + count(pass), 0)
    const [killed, boundaries] = [sum((pass) => pass.killed), sum((pass) => pass.boundaries)]
    const [repeated, skipped] = [sum((pass) => pass.repeated.length), sum((pass) => pass.skipped.length)]
    for (const pass of passes) {
      for (const line of pass.repeated) say(`repeated: ${line}`)
      for (const line of pass.skipped) say(`skipped: ${line}`)
    }
    process.stdout.write(
      `upgrade: killed at ${killed} of ${boundaries} boundaries: ${repeated} repeated, ${skipped} skipped\n`,
    )
    return killed === boundaries && repeated === 0 && skipped === 0 ? 0 : 1
  } catch (error) {
    if (!(error instanceof ClusterUnavailable)) throw error
    say(error.message)
    return 3
  }
}

/** One upgrade from its beginning to its end, killed once at every boundary of these kinds. */
async function onePass(kinds: readonly string[]): Promise<Counted> {
  const cluster = await startCluster({ kubelet: false })
  const folder = mkdtempSync(path.join(tmpdir(), 'rampart-crash-upgrade-'))
  const client = await clientOf(cluster.kubeconfig)
  const fleet = new HollowFleet(await clientOf(cluster.kubeconfig), folder, {
    controlPlanes: 1,
    workers: 2,
    version: '1.36.3',
  })
  try {
    await fleet.start()
    await makeWorkloads(client)
    const plan = await planOf(client, { to: '1.37', deleteEmptydirData: true })
    writeFileSync(path.join(folder, 'plan.json'), JSON.stringify(plan))
    const boundaries = plan.steps.length * kinds.length
    let deaths = 0
    for (;;) {
      const { status, signal, err } = await startChild([folder, cluster.kubeconfig, kinds.join(',')])
      if (signal === 'SIGKILL') {
        deaths += 1
        if (deaths % 20 === 0) say(`  killed ${deaths} of ${boundaries} times`)
        continue
      }
      if (status !== 0) throw new Error(`the upgrade did not end: ${err.slice(-2000)}`)
      break
    }
    const killed = new Set(killedAt(folder))
    await notUpgraded(fleet, plan)
    return { boundaries, killed: killed.size, ...compareCommands(fleet, plan) }
  } finally {
    await fleet.stop()
    client.close()
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function startChild(
  args: readonly string[],
): Promise<{ readonly status: number | null; readonly signal: string | null; readonly err: string }> {
  const self = process.argv[1] ?? ''
  const started = spawn(process.execPath, [self, 'upgrade', 'child', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let err = ''
  started.stderr.on('data', (part: Buffer) => (err += part.toString()))
  return new Promise((resolve) => started.on('close', (status, signal) => resolve({ status, signal, err })))
}

/** Goes on with the upgrade until a boundary at which no process was killed yet, and dies there. */
async function child([folder = '', kubeconfig = '', kinds = '']: readonly string[]): Promise<number> {
  const client = await clientOf(kubeconfig)
  const killed = new Set(killedAt(folder))
  const file = path.join(folder, 'plan.json')
  const observer = {
    event(event: UpgradeEvent) {
      if (event.type !== 'step' || !kinds.split(',').includes(event.kind)) return
      const boundary = `${event.kind} ${event.step ?? ''}`
      if (killed.has(boundary)) return
      appendFileSync(path.join(folder, 'killed'), `${boundary}\n`, { flush: true })
      process.kill(process.pid, 'SIGKILL')
    },
  }
  const { outcome } = await applyUpgrade({
    state: path.join(folder, 'state'),
    client,
    plan: readPlan(readFileSync(file, 'utf8'), file),
    host: (node) => ({
      kind: 'shell',
      transport: new HollowHost(
        node,
        path.join(folder, 'hosts', node),
        path.join(folder, 'programs'),
      ).transport(),
    }),
    ask: () => Promise.resolve(false),
    observer,
    signal: new AbortController().signal,
    limits: QUICK,
    drain: { timeout: 60_000, pace: { retry: 500, poll: 200 } },
  })
  client.close()
  if (outcome.kind !== 'done') process.stderr.write(`${JSON.stringify(outcome)}\n`)
  return outcome.kind === 'done' ? 0 : 1
}

function killedAt(folder: string): string[] {
  const file = path.join(folder, 'killed')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
}

async function notUpgraded(fleet: HollowFleet, plan: UpgradePlan): Promise<void> {
  for (const { name } of plan.nodes) {
    const host = fleet.host(name)
    if (host.running !== plan.to) throw new Error(`${name} runs ${host.running}, not ${plan.to}`)
  }
  await fleet.until('every node is open', async () =>
    (await fleet.nodes()).every((node) => valueAt(node, ['spec', 'unschedulable']) !== true),
  )
}

/** What hosts were told against what the plan says: each command once. */
function compareCommands(fleet: HollowFleet, plan: UpgradePlan): Pick<Counted, 'repeated' | 'skipped'> {
  const [repeated, skipped]: [string[], string[]] = [[], []]
  for (const { name } of plan.nodes) {
    const host = fleet.host(name)
    const planned = plan.steps
      .filter(({ node }) => node === name)
      .flatMap(({ commands }) => commands)
      .flatMap((command) => (command.on === 'node' && 'run' in command ? [command.run.join(' ')] : []))
      .filter((line) => host.records(line))
    const left = [...planned]
    for (const line of host.log) {
      const at = left.indexOf(line)
      if (at < 0) repeated.push(`${name}: ${line}`)
      else left.splice(at, 1)
    }
    skipped.push(...left.map((line) => `${name}: ${line}`))
  }
  return { repeated, skipped }
}
