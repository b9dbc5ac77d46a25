/**
 * npm run -s e2e:proxy [-- --kubeconfig FILE]
 *
 * Asks real kubectl proxy and `rampart proxy --compat kubectl`, both before the same API server, the same requests, with
 * the same flags. Prints how the answers differ where they do, and `proxy: N of N equal to kubectl vX`. Exit 0 when all
 * are equal, 1 when not, 3 when there is no kubectl or no API server here.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { ClusterUnavailable, startCluster } from '../../cluster/start-cluster.js'
import { kubectlPath, kubectlVersion } from '../peers/kubectl.js'
import { ask } from './ask.js'
import { CASES, type Case } from './requests.js'

const say = (line: string): void => void process.stderr.write(`${line}\n`)

const START_WITHIN = 60_000
const running = new Set<ChildProcess>()

interface Serving {
  readonly port: number
  readonly process: ChildProcess
}

/** Starts a proxy on a random port, which it prints. */
function serve(command: readonly string[]): Promise<Serving> {
  const [program = '', ...args] = command
  const child = spawn(program, [...args, '--port=0'], { stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  child.on('exit', () => running.delete(child))
  return new Promise((resolve, reject) => {
    let text = ''
    const late = setTimeout(() => {
      reject(new Error(`${command.join(' ')}: does not serve after ${START_WITHIN / 1000} s: ${text}`))
    }, START_WITHIN)
    const take = (chunk: Buffer): void => {
      text += chunk.toString()
      const found = /Starting to serve on 127\.0\.0\.1:(\d+)/.exec(text)
      if (found === null) return
      clearTimeout(late)
      resolve({ port: Number(found[1]), process: child })
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('exit', () => {
      clearTimeout(late)
      reject(new Error(`${command.join(' ')}: ${text}`))
    })
  })
}

async function compare(kubectl: string, kubeconfig: string, www: string): Promise<number> {
  const groups = new Map<string, Case[]>()
  for (const each of CASES) {
    const key = JSON.stringify(each.flags ?? [])
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  let equal = 0
  for (const [key, cases] of groups) {
    const flags = (JSON.parse(key) as string[]).map((flag) => flag.replace('WWW', www))
    const theirs = await serve([kubectl, 'proxy', '--kubeconfig', kubeconfig, ...flags])
    const ours = await serve([
      ...[
        process.execPath,
        path.resolve('dist/cli.js'),
        'proxy',
        '--compat',
        'kubectl',
        '--kubeconfig',
        kubeconfig,
      ],
      ...flags,
    ])
    for (const each of cases) {
      const [wanted, given] = [await ask(theirs.port, each), await ask(ours.port, each)]
      if (isDeepStrictEqual(wanted, given)) equal += 1
      else
        process.stdout.write(
          `${each.name}\n  kubectl ${JSON.stringify(wanted).slice(0, 1500)}\n  rampart ${JSON.stringify(given).slice(0, 1500)}\n`,
        )
    }
    theirs.process.kill()
    ours.process.kill()
  }
  process.stdout.write(`proxy: ${equal} of ${CASES.length} equal to kubectl ${kubectlVersion(kubectl)}\n`)
  return equal === CASES.length ? 0 : 1
}

async function main(): Promise<number> {
  const kubectl = kubectlPath()
  if (kubectl === undefined) return 3
  const { values } = parseArgs({ options: { kubeconfig: { type: 'string' } } })
  const folder = mkdtempSync(path.join(tmpdir(), 'rampart-proxy-'))
  mkdirSync(path.join(folder, 'sub'))
  writeFileSync(path.join(folder, 'a.txt'), '0123456789')
  writeFileSync(path.join(folder, 'sub', 'index.html'), '<p>index</p>')
  try {
    if (values.kubeconfig !== undefined) return await compare(kubectl, values.kubeconfig, folder)
    const cluster = await startCluster({ say, kubelet: false })
    try {
      return await compare(kubectl, cluster.kubeconfig, folder)
    } finally {
      await cluster.stop()
    }
  } catch (error) {
    if (!(error instanceof ClusterUnavailable)) throw error
    say(`proxy: no cluster: ${error.message}`)
    return 3
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
process.exitCode = await main()
