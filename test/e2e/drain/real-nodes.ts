import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { JsonObject } from '../../../src/model/index.js'
import { IMAGES, startCluster } from '../../cluster/start-cluster.js'
import { adminOf, MERGE, must, type Admin } from './api.js'
import { canonical, withoutOurs } from './compare.js'
import { kubeconfigFor, run } from './play.js'
import { startRecordingProxy } from './recording-proxy.js'

/** A program that drains, by the words before the node. */
export interface Drainer {
  readonly name: string
  readonly command: readonly string[]
}

export const REAL_ROW = 'real controllers and kubelets: a Deployment under a budget moves one pod at a time'
const WITHIN = 120_000

/**
 * Two real nodes, a real Deployment of two replicas on the first, and a budget that wants one: the second pod goes only
 * when the scheduler, the controllers and the other kubelet have made the first one anew. Its containers do not heed the
 * signal, so that the grace is really waited for. Gives the faults, or why it cannot be played here.
 */
export async function onRealNodes(
  drainers: readonly Drainer[],
  folder: string,
  say: (line: string) => void,
): Promise<readonly string[] | { readonly absent: string }> {
  const cluster = await startCluster({ say })
  try {
    if (cluster.node === undefined) {
      const reason = cluster.components.find(({ name }) => name === 'kubelet')?.absent
      return { absent: reason ?? 'there is no node' }
    }
    const other = await cluster.startNode({})
    const admin = adminOf(cluster)
    const played = []
    for (const [index, drainer] of drainers.entries()) {
      played.push(await playOn(admin, [cluster.node.name, other.name], drainer, `real-${index}`, folder))
      say(`  ${drainer.name} has drained ${cluster.node.name}`)
    }
    const [first, ...rest] = played
    return rest.flatMap((each, index) =>
      isDeepStrictEqual(first, each)
        ? []
        : [
            `${drainers[index + 1]?.name ?? ''}\n    kubectl ${JSON.stringify(first)}\n    rampart ${JSON.stringify(each)}`,
          ],
    )
  } finally {
    await cluster.stop()
  }
}

interface PlayedForReal {
  readonly exit: number | null
  /** Each line once: how often the budget is asked is a matter of seconds. */
  readonly lines: readonly string[]
  readonly changes: readonly string[]
  readonly before: JsonObject
  readonly after: JsonObject
}

async function playOn(
  admin: Admin,
  [from, to]: readonly [string, string],
  { command }: Drainer,
  id: string,
  folder: string,
): Promise<PlayedForReal> {
  const cordon = (node: string, unschedulable: boolean): Promise<JsonObject> =>
    must(admin, 'PATCH', `/api/v1/nodes/${node}`, { spec: { unschedulable } }, MERGE)
  await must(admin, 'POST', '/api/v1/namespaces', { metadata: { name: id } })
  await cordon(from, false)
  await cordon(to, true)
  await must(admin, 'POST', `/apis/apps/v1/namespaces/${id}/deployments`, DEPLOYMENT)
  await must(admin, 'POST', `/apis/policy/v1/namespaces/${id}/poddisruptionbudgets`, BUDGET)
  const state = async (): Promise<JsonObject> => {
    const { items } = await must(admin, 'GET', `/api/v1/namespaces/${id}/pods`)
    const there = (items as JsonObject[]).filter(
      ({ metadata }) => (metadata as JsonObject).deletionTimestamp === undefined,
    )
    const on = (node: string): number =>
      there.filter((pod) => isReady(pod) && (pod.spec as JsonObject).nodeName === node).length
    const budget = await must(admin, 'GET', `/apis/policy/v1/namespaces/${id}/poddisruptionbudgets/web`)
    return { from: on(from), to: on(to), allowed: (budget.status as JsonObject).disruptionsAllowed ?? null }
  }
  const settled = async (wanted: JsonObject): Promise<JsonObject> => {
    for (const end = Date.now() + WITHIN; ; await sleep(300)) {
      const now = await state()
      if (isDeepStrictEqual(now, wanted) || Date.now() > end) return now
    }
  }
  const before = await settled({ from: 2, to: 0, allowed: 1 })
  await cordon(to, false)
  const proxy = await startRecordingProxy(admin, {})
  try {
    const kubeconfig = path.join(folder, `${id}.kubeconfig`)
    writeFileSync(kubeconfig, JSON.stringify(kubeconfigFor(proxy.url)))
    const args = [from, '--ignore-daemonsets', '--timeout=2m', '--kubeconfig', kubeconfig]
    const ran = await run([...command, ...args], folder)
    const plain = (text: string): string =>
      text.replaceAll(id, 'ID').replace(/web-[a-z0-9]+-[a-z0-9]{5}/g, 'POD')
    const once = (texts: readonly string[]): string[] => [...new Set(texts)].sort()
    return {
      exit: ran.exit,
      lines: once(plain(`${ran.out}${withoutOurs(ran.err)}`).split('\n')),
      changes: once(
        proxy.requests
          .filter(({ method }) => method !== 'GET')
          .map(({ method, path: where, body }) => plain(`${method} ${where} ${canonical(body)}`)),
      ),
      before,
      after: await settled({ from: 0, to: 2, allowed: 1 }),
    }
  } finally {
    await proxy.close()
    await must(admin, 'DELETE', `/api/v1/namespaces/${id}`)
  }
}

function isReady({ status }: JsonObject): boolean {
  const conditions = ((status as JsonObject).conditions ?? []) as JsonObject[]
  return conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True')
}

const LABELS = { app: 'web' }
const DEPLOYMENT: JsonObject = {
  metadata: { name: 'web' },
  spec: {
    replicas: 2,
    selector: { matchLabels: LABELS },
    template: {
      metadata: { labels: LABELS },
      spec: {
        terminationGracePeriodSeconds: 3,
        containers: [
          {
            name: 'c',
            image: IMAGES.busybox,
            imagePullPolicy: 'Never',
            command: ['sh', '-c', 'sleep 2147483647'],
          },
        ],
      },
    },
  },
}
const BUDGET: JsonObject = {
  metadata: { name: 'web' },
  spec: { minAvailable: 1, selector: { matchLabels: LABELS } },
}
