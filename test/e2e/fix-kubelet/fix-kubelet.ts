import assert from 'node:assert/strict'
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import path from 'node:path'
import { ask } from '../../cluster/admin-request.js'
import {
  ClusterUnavailable,
  startCluster,
  type RunningNode,
  type TestCluster,
} from '../../cluster/start-cluster.js'
import { rampartHere, rampartInNode, type Said } from './in-node.js'

/** The checks whose fixes close a kubelet. */
const CHECKS = ['kubelet-anonymous-auth', 'kubelet-authorization-always-allow', 'kubelet-read-only-port']
const READ_ONLY_PORT = 10255

/** A cluster whose one node has a kubelet that lets everybody in. */
export interface OpenNode {
  readonly cluster: TestCluster
  readonly node: RunningNode
  readonly say: (line: string) => void
}

export async function openNode(say: (line: string) => void): Promise<OpenNode> {
  const cluster = await startCluster({
    say,
    kubelet: {
      restarts: true,
      config: {
        authentication: { anonymous: { enabled: true } },
        authorization: { mode: 'AlwaysAllow' },
        readOnlyPort: READ_ONLY_PORT,
        healthzPort: 10248,
        staticPodPath: '/etc/kubernetes/manifests',
      },
    },
  })
  const { node } = cluster
  if (node !== undefined) return { cluster, node, say }
  await cluster.stop()
  throw new ClusterUnavailable(
    `no kubelet runs here: ${cluster.components.find(({ name }) => name === 'kubelet')?.absent ?? ''}`,
  )
}

/** `rampart fix` on the node, with its own way to restart the kubelet. */
export function fixOn({ cluster, node }: OpenNode, args: readonly string[]): Promise<Said> {
  return rampartInNode(node, ['fix', ...args], { RAMPART_STATE_DIR: path.join(cluster.folder, 'rampart') })
}

const applyArgs = ({ node }: OpenNode, checks: readonly string[]): string[] => [
  '--host',
  ...checks.flatMap((check) => ['--check', check]),
  // The API server of the test cluster asks kubelets as one of system:masters.
  '--confirm',
  'kubelet-authorization-always-allow',
  '--restart-command',
  `kubelet=${node.restart}`,
  '--apply',
]

/** A kubelet that does not start with its new configuration: the old one is put back, and its node is Ready again. */
export async function rollBackKubelet(open: OpenNode): Promise<string> {
  const { node } = open
  const before = readFileSync(node.config, 'utf8')
  assert.equal(await podsWithoutCredential(open), 200)
  // As a hook of the service manager that refuses what it does not know.
  writeFileSync(node.beforeStart, `#!/bin/sh\ngrep -q AlwaysAllow '${node.config}'\n`)
  chmodSync(node.beforeStart, 0o755)
  const said = await fixOn(open, [...applyArgs(open, CHECKS), '--health-timeout', '20'])
  rmSync(node.beforeStart)
  assert.equal(said.code, 4, `${said.out}\n${said.err}`)
  assert.equal(readFileSync(node.config, 'utf8'), before)
  const since = Date.now()
  assert.equal(await podsWithoutCredential(open), 200)
  await untilReady(open, since)
  return 'a kubelet that does not come up: rolled back, 10250 200, node Ready'
}

/** The open kubelet closed. */
export async function fixKubelet(open: OpenNode): Promise<string> {
  const { node, say } = open
  const before = [await podsWithoutCredential(open), await readOnlyPort(node)]
  assert.deepEqual(before, [200, '200'])
  const host = new URL(node.kubelet).host
  const seen = await rampartHere(['probe', 'kubelet', host])
  assert.match(seen.out, /without a credential|anonymous/i)
  const said = await fixOn(open, applyArgs(open, CHECKS))
  say(said.out.trimEnd())
  assert.equal(said.code, 0, said.err)
  const since = Date.now()
  const after = [await podsWithoutCredential(open), await readOnlyPort(node)]
  assert.deepEqual(after, [401, 'closed'])
  await untilReady(open, since)
  // Whoever may ask it is still answered: the API server, by its certificate.
  const answered = await ask(admin(open), `/api/v1/nodes/${node.name}/proxy/pods`)
  assert.equal(answered.status, 200, answered.body)
  return `10250 ${before[0]} -> ${after[0]}, 10255 ${before[1]} -> ${after[1]}, node Ready`
}

export const admin = ({ cluster }: OpenNode) => ({
  server: cluster.server,
  ca: cluster.ca.cert,
  client: cluster.admin,
})

/** The status of `/pods` on the kubelet's own port. */
async function podsWithoutCredential({ node, cluster }: OpenNode): Promise<number> {
  return (await ask({ server: node.kubelet, ca: cluster.ca.cert }, '/pods')).status
}

/** The status of `/pods` on the read-only port, or `closed` where nobody listens. */
function readOnlyPort({ address }: RunningNode): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get({ host: address, port: READ_ONLY_PORT, path: '/pods', timeout: 10_000 }, (answer) => {
      answer.resume()
      resolve(String(answer.statusCode))
    })
    request.on('timeout', () => request.destroy(new Error('no answer')))
    request.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNREFUSED' ? resolve('closed') : reject(error),
    )
  })
}

/** Waits until the node is Ready by word of a kubelet that renewed its lease after `since`. */
async function untilReady(open: OpenNode, since: number): Promise<void> {
  const { node } = open
  const read = async <T>(at: string): Promise<T | undefined> => {
    const { status, body } = await ask(admin(open), at)
    return status === 200 ? (JSON.parse(body) as T) : undefined
  }
  await node.process.until('Ready after its restart', async () => {
    const lease = await read<{ spec: { renewTime: string } }>(
      `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${node.name}`,
    )
    const object = await read<{ status: { conditions: { type: string; status: string }[] } }>(
      `/api/v1/nodes/${node.name}`,
    )
    const ready = object?.status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
    return ready === true && lease !== undefined && Date.parse(lease.spec.renewTime) > since
  })
}
