import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { cacheFolder } from './cache-folder.js'

const run = promisify(execFile)
const SOURCES = path.resolve('test/cluster/components')
const PROGRAM = 'components'
/** How often a build says how far it is. */
const SAID_EVERY = 30_000

export const COMPONENT_NAMES = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubelet',
] as const
export type ComponentName = (typeof COMPONENT_NAMES)[number]

/** The minors of which there are go.mod files; the first is the one of the test cluster. */
export const MINORS = ['1.36', '1.35'] as const
export type Minor = (typeof MINORS)[number]

/** Why there can be no cluster here, for instance as Go is absent. Not a fault of a test. */
export class ClusterUnavailable extends Error {}
/** Go is here, and building failed all the same: no network, or a fault of ours. */
export class BuildFailed extends ClusterUnavailable {}

/** The built program that is every component, by its first argument. */
export interface Components {
  readonly program: string
  /** The version of a component, as in `v1.36.3`: the one of the module that it is built from. */
  readonly version: (name: ComponentName) => string
}

/**
 * Gives the program of a minor, built from the published Go modules where that was not done yet. The build is kept in the
 * user's cache folder under a key of the module sums, the sources and the version of Go.
 */
export async function provideComponents(
  say: (line: string) => void,
  minor: Minor = MINORS[0],
): Promise<Components> {
  const modules = modulesFile(minor)
  const kubernetes = moduleVersion(modules, 'k8s.io/kubernetes')
  const etcd = moduleVersion(modules, 'go.etcd.io/etcd/server/v3')
  const go = await goVersion()
  const folder = cacheFolder('cluster', cacheKey(go, modules))
  const program = path.join(folder, PROGRAM)
  if (!existsSync(program)) await build(program, kubernetes, modules, say)
  return { program, version: (name) => (name === 'etcd' ? etcd : kubernetes) }
}

/** What `-modfile` names: all minors are built from the same sources. */
function modulesFile(minor: Minor): string {
  return minor === MINORS[0] ? 'go.mod' : `go-${minor}.mod`
}

/** The version of a module that a go.mod names. */
function moduleVersion(modules: string, module: string): string {
  const line = readFileSync(path.join(SOURCES, modules), 'utf8')
    .split('\n')
    .find((text) => text.trim().startsWith(`${module} v`))
  if (line === undefined) throw new Error(`${modules} does not say which ${module} is built`)
  return line.trim().split(' ')[1] ?? ''
}

/** `go1.26.8 linux/amd64`; throws ClusterUnavailable where Go is absent or older than go.mod asks. */
async function goVersion(): Promise<string> {
  const asked = /^go (\S+)$/m.exec(readFileSync(path.join(SOURCES, 'go.mod'), 'utf8'))?.[1] ?? ''
  // The module's folder decides which toolchain answers.
  const answer = await run('go', ['version'], { cwd: SOURCES }).catch((error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'Go is not here' : `go version fails: ${message}`
    throw new ClusterUnavailable(`${why}; the components of the cluster are built with Go ${asked} or newer`)
  })
  return answer.stdout.trim().replace(/^go version /, '')
}

/** Of the sources, and of the modules of this minor alone. */
function cacheKey(go: string, modules: string): string {
  const hash = createHash('sha256').update(go)
  const mine = [modules, modules.replace(/mod$/, 'sum')]
  const files = readdirSync(SOURCES).filter((file) => file.endsWith('.go') || mine.includes(file))
  for (const file of files.sort()) hash.update(`\n${file}\n`).update(readFileSync(path.join(SOURCES, file)))
  return hash.digest('hex').slice(0, 16)
}

async function build(
  program: string,
  kubernetes: string,
  modules: string,
  say: (line: string) => void,
): Promise<void> {
  say(
    `Building etcd and Kubernetes ${kubernetes} from their Go modules. The first time this takes many minutes.`,
  )
  const started = Date.now()
  const minutes = (): string => `${((Date.now() - started) / 60_000).toFixed(1)} min`
  mkdirSync(path.dirname(program), { recursive: true })
  // Whoever finds the program must find all of it.
  const unfinished = `${program}.${process.pid}`
  const flags = ['-buildvcs=false', `-modfile=${modules}`, '-ldflags', linkerFlags(kubernetes)]
  const child = spawn('go', ['build', '-v', ...flags, '-o', unfinished, '.'], {
    cwd: SOURCES,
    env: { ...process.env, CGO_ENABLED: '0' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let built = 0
  let last: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const lines = text.split('\n').filter((line) => line !== '')
    built += lines.length
    last = [...last, ...lines].slice(-20)
  })
  const timer = setInterval(
    () => say(`  ${minutes()}: ${built} packages of about 2000, ${last.at(-1) ?? 'none yet'}`),
    SAID_EVERY,
  )
  const kill = (): void => void child.kill()
  process.on('exit', kill)
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null))
    child.on('close', resolve)
  })
  process.off('exit', kill)
  clearInterval(timer)
  if (code !== 0) {
    rmSync(unfinished, { force: true })
    throw new BuildFailed(`the components could not be built:\n${last.join('\n')}`)
  }
  renameSync(unfinished, program)
  say(`Built in ${minutes()}; kept in ${path.dirname(program)}`)
}

/** Without them a component says v0.0.0-master, and clients judge features by it. Source: hack/lib/version.sh. */
function linkerFlags(kubernetes: string): string {
  const [major = '', minor = ''] = kubernetes.replace(/^v/, '').split('.')
  const values = { gitVersion: kubernetes, gitMajor: major, gitMinor: minor, gitTreeState: 'clean' }
  const packages = ['k8s.io/client-go/pkg/version', 'k8s.io/component-base/version']
  const set = packages.flatMap((name) =>
    Object.entries(values).map(([key, value]) => `-X ${name}.${key}=${value}`),
  )
  return ['-s', '-w', ...set].join(' ')
}
