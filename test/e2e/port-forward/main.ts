/**
 * npm run -s e2e:port-forward [-- --kubeconfig FILE [--only TEXT]]
 *
 * Forwards ports of real pods with the built `rampart` and with real kubectl, in one run: what must hold, each on a line,
 * then how fast both are. With a kubeconfig file, in that test cluster, which stays up;
 * with a text, only the checks that have it in their names. Exit 0 when everything holds, 1 when not, 3 when there is no kubectl or no kubelet here.
 */
import { execFile } from 'node:child_process'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { ClusterUnavailable, startCluster, type TestCluster } from '../../cluster/start-cluster.js'
import { kubectlPath, kubectlVersion } from '../peers/kubectl.js'
import { CHECKS } from './checks.js'
import { killForwarders } from './forwarder.js'
import { measure } from './measure.js'
import { NAMESPACE, OBJECTS } from './manifests.js'

/** Each check takes seconds, new pods included: one that takes this long hangs. */
const CHECK_WITHIN = 180_000
const MEASURE_WITHIN = 300_000

const say = (line: string): void => void process.stderr.write(`${line}\n`)

async function main(): Promise<number> {
  const kubectl = kubectlPath()
  if (kubectl === undefined) return 3
  const { values } = parseArgs({ options: { kubeconfig: { type: 'string' }, only: { type: 'string' } } })
  if (values.kubeconfig !== undefined) return run(kubectl, values.kubeconfig, values.only)
  let cluster: TestCluster
  try {
    cluster = await startCluster({ say })
  } catch (error) {
    if (!(error instanceof ClusterUnavailable)) throw error
    say(`port-forward: no cluster: ${error.message}`)
    return 3
  }
  try {
    if (cluster.node === undefined) {
      say(
        `port-forward: no kubelet: ${cluster.components.find(({ name }) => name === 'kubelet')?.absent ?? ''}`,
      )
      return 3
    }
    return await run(kubectl, cluster.kubeconfig)
  } finally {
    await cluster.stop()
  }
}

async function run(kubectl: string, kubeconfig: string, only = ''): Promise<number> {
  const ask = (args: readonly string[], input?: string): Promise<string> =>
    askKubectl(kubectl, ['--kubeconfig', kubeconfig, ...args], input)
  await ask(['apply', '-f', '-'], JSON.stringify(OBJECTS))
  await ask(['-n', NAMESPACE, 'wait', '--for=condition=Ready', 'pod', '--all', '--timeout=120s'])
  await ask(['-n', NAMESPACE, 'rollout', 'status', 'deployment/web', '--timeout=120s'])
  const rampart = [
    process.execPath,
    path.resolve('dist/cli.js'),
    'port-forward',
    '--kubeconfig',
    kubeconfig,
    '-n',
    NAMESPACE,
  ]
  const peer = [kubectl, '--kubeconfig', kubeconfig, '-n', NAMESPACE, 'port-forward']
  let held = 0
  const checks = CHECKS.filter(({ name }) => name.includes(only))
  for (const { name, check } of checks) {
    try {
      await within(CHECK_WITHIN, check({ rampart, peer, kubectl: ask }))
      held += 1
      process.stdout.write(`holds  ${name}\n`)
    } catch (error) {
      process.stdout.write(`FAILS  ${name}: ${error instanceof Error ? error.message : String(error)}\n`)
    }
  }
  const version = kubectlVersion(kubectl)
  const rates = only === '' ? await within(MEASURE_WITHIN, measure(rampart, peer)) : []
  for (const { name, down, up } of rates) {
    const who = name === 'kubectl' ? `kubectl ${version}` : name
    process.stdout.write(
      `${who.padEnd(24)} ${down.toFixed(0)} MB/s from the pod, ${up.toFixed(0)} MB/s to it\n`,
    )
  }
  process.stdout.write(`port-forward: ${held} of ${checks.length} hold\n`)
  return held === checks.length ? 0 : 1
}

/** Never blocks: the node of a cluster that this process has started reaches the API server through it. */
function askKubectl(kubectl: string, args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(kubectl, args, { timeout: CHECK_WITHIN }, (error, out, err) =>
      error === null ? resolve(out) : reject(new Error(`kubectl ${args.slice(2).join(' ')}: ${err}`)),
    )
    child.stdin?.end(input)
  })
}

/** The last resort against what never ends. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      killForwarders()
      reject(new Error(`it did not end within ${milliseconds / 1000} s`))
    }, milliseconds)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))
process.on('exit', killForwarders)
// What a check that was given up still waits for must not hold the end up.
process.exit(await main())
