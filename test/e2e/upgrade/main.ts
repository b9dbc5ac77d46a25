/**
 * npm run -s e2e:upgrade
 *
 * Upgrades a cluster of thirteen nodes, a real API server with evictions, budgets and Leases before hosts that record what
 * they are told and fail, hang and lose the connection. Prints each row that is not as expected, and
 * `upgrade: N of N rows as expected, 13 nodes`. Exit 0 when all are, 1 when not, 3 when it cannot run here.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ClusterUnavailable, startCluster } from '../../cluster/start-cluster.js'
import { HollowFleet } from './fleet/hollow-fleet.js'
import { ROWS, type Stage } from './rows.js'
import { clientOf, Machine } from './scene.js'
import { makeWorkloads } from './workloads.js'

const say = (line: string): void => void process.stderr.write(`${line}\n`)
const NODES = { controlPlanes: 3, workers: 10, version: '1.36.3' }

function whyNot(): string | undefined {
  if (process.getuid?.() !== 0) return 'hosts need root here, for mounts of their own'
  const tried = spawnSync('unshare', ['--mount', '--propagation', 'private', 'true'])
  return tried.status === 0 ? undefined : 'this machine gives no mount namespaces'
}

async function run(): Promise<number> {
  const cluster = await startCluster({ kubelet: false, say })
  const folder = mkdtempSync(path.join(tmpdir(), 'rampart-upgrade-'))
  const client = await clientOf(cluster.kubeconfig)
  const fleet = new HollowFleet(await clientOf(cluster.kubeconfig), folder, NODES)
  let [passed, done] = [0, 0]
  try {
    await fleet.start()
    await makeWorkloads(client)
    const stage: Stage = {
      cluster,
      client,
      fleet,
      folder,
      first: new Machine('ops-1', folder, fleet, client),
      second: new Machine('ops-2', folder, fleet, client),
      kept: new Map(),
    }
    for (const { name, run: act } of ROWS) {
      done += 1
      const began = Date.now()
      try {
        await act(stage)
        passed += 1
        say(`ok    ${name} (${Math.round((Date.now() - began) / 1000)} s)`)
      } catch (error) {
        console.log(
          `FAIL  ${name}: ${error instanceof Error ? (process.env.DEBUG === undefined ? error.message : error.stack) : String(error)}`,
        )
        // Each row goes on from the one before.
        break
      }
    }
  } finally {
    await fleet.stop()
    client.close()
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  const skipped = ROWS.length - done
  const rest = skipped === 0 ? '' : ` (${skipped} not reached)`
  console.log(
    `upgrade: ${passed} of ${ROWS.length} rows as expected${rest}, ${NODES.controlPlanes + NODES.workers} nodes`,
  )
  return passed === ROWS.length ? 0 : 1
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))
const reason = whyNot()
if (reason !== undefined) {
  console.error(`upgrade: not run: ${reason}`)
  process.exitCode = 3
} else {
  try {
    process.exitCode = await run()
  } catch (error) {
    if (!(error instanceof ClusterUnavailable)) throw error
    console.error(error.message)
    process.exitCode = 3
  }
}
