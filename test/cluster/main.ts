import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { parse } from 'yaml'
import { cacheFolder } from './cache-folder.js'
import { BuildFailed, MINORS, provideComponents } from './components.js'
import { ClusterUnavailable, startCluster, type TestCluster } from './start-cluster.js'

/** Where `down` finds what `up` started. */
const STATE = cacheFolder('cluster', 'up.json')

const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const endNow = (): never => process.exit(130)

/** A file that the caller named, from the folder where npm was called. */
function file(name: string): string {
  const full = path.resolve(process.env['INIT_CWD'] ?? '.', name)
  if (!existsSync(full)) throw new InvalidArgumentError('there is no such file')
  return full
}

function configuration(name: string): Readonly<Record<string, unknown>> {
  const value: unknown = parse(readFileSync(file(name), 'utf8'))
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new InvalidArgumentError('it holds no KubeletConfiguration')
}

interface UpOptions {
  readonly authorizationMode?: string
  readonly authorizationConfig?: string
  readonly authorizationPolicyFile?: string
  readonly kubeletConfig?: Readonly<Record<string, unknown>>
  readonly kubelet: boolean
  readonly apiserverArg: readonly string[]
}

const program = new Command('cluster').description(
  'A cluster of real components on loopback addresses, for tests.',
)
program
  .command('up')
  .description('starts it, prints where its kubeconfig is, and stays until `down` or Ctrl-C')
  .option('--authorization-mode <modes>', 'as of kube-apiserver', undefined)
  .option('--authorization-config <file>', 'as of kube-apiserver; read again when it changes', file)
  .option('--authorization-policy-file <file>', 'as of kube-apiserver: the policy of ABAC', file)
  .option(
    '--apiserver-arg <flag>',
    'a further flag of kube-apiserver; repeatable',
    (flag, before: string[]) => [...before, flag],
    [],
  )
  .option('--kubelet-config <file>', 'fields of KubeletConfiguration that go over ours', configuration)
  .option('--no-kubelet', 'the control plane alone')
  .action(up)
program
  .command('build')
  .description('builds the components without starting them; the first time that takes many minutes')
  .option('--all', `those of ${MINORS.join(' and ')}, for tests that upgrade`)
  .action(buildOnly)
program.command('down').description('ends the one that `up` started').action(down)
await program.parseAsync()

async function up(options: UpOptions): Promise<void> {
  const other = runningProcess()
  if (other !== undefined)
    return fail(`a cluster is up already (process ${other}); end it: npm run cluster -- down`)
  let cluster: TestCluster
  // Without a listener a signal would leave the folder behind.
  for (const signal of END_SIGNALS) process.once(signal, endNow)
  try {
    const { apiserverArg, kubelet, kubeletConfig, ...rest } = options
    cluster = await startCluster({
      ...rest,
      apiServerArgs: apiserverArg,
      kubelet: kubelet && { config: kubeletConfig ?? {} },
      say: console.error,
    })
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error))
  }
  mkdirSync(path.dirname(STATE), { recursive: true })
  writeFileSync(STATE, JSON.stringify({ pid: process.pid, kubeconfig: cluster.kubeconfig }))
  for (const { name, version, absent } of cluster.components)
    console.log(`${name.padEnd(24)} ${version}${absent === undefined ? '' : `  does not run: ${absent}`}`)
  console.log(`kubeconfig               ${cluster.kubeconfig}`)
  console.log('It is up until Ctrl-C or `npm run cluster -- down`.')
  await untilUnwanted()
  rmSync(STATE, { force: true })
  await cluster.stop()
  console.log('It is down.')
  process.exit(0)
}

/** Exits with 3 where this machine cannot build, which is no fault of the build. */
async function buildOnly({ all = false }: { readonly all?: boolean }): Promise<void> {
  try {
    for (const minor of all ? MINORS : MINORS.slice(0, 1)) {
      const built = await provideComponents(console.error, minor)
      console.log(`${built.program}: Kubernetes ${built.version('kubelet')}, etcd ${built.version('etcd')}`)
    }
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error))
    if (error instanceof ClusterUnavailable && !(error instanceof BuildFailed)) process.exitCode = 3
  }
}

/** Resolves when somebody wants the end. */
function untilUnwanted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of END_SIGNALS) process.off(signal, endNow).on(signal, () => resolve())
  })
}

async function down(): Promise<void> {
  const pid = runningProcess()
  if (pid === undefined) {
    console.log('No cluster is up.')
    return
  }
  process.kill(pid, 'SIGTERM')
  for (let waited = 0; waited < 30_000 && runningProcess(pid) !== undefined; waited += 100)
    await new Promise((resolve) => setTimeout(resolve, 100))
  if (runningProcess(pid) !== undefined) fail(`process ${pid} has not ended after 30 s`)
  else console.log('The cluster is down.')
}

/** The process of `up`, if it still runs; of the one named, or of the one that the state names. */
function runningProcess(pid = stateProcess()): number | undefined {
  if (pid === undefined) return undefined
  try {
    process.kill(pid, 0)
  } catch {
    return undefined
  }
  // The number may be another program's by now.
  const words = `/proc/${pid}/cmdline`
  return existsSync(words) && !readFileSync(words, 'utf8').includes('test/cluster/main.ts') ? undefined : pid
}

function stateProcess(): number | undefined {
  try {
    const { pid } = JSON.parse(readFileSync(STATE, 'utf8')) as { pid?: unknown }
    return typeof pid === 'number' && pid > 1 ? pid : undefined
  } catch {
    return undefined
  }
}

function fail(message: string): void {
  console.error(`cluster: ${message}`)
  process.exitCode = 1
}
