import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { ComponentProcess } from '../../cluster/component-process.js'
import type { Components } from '../../cluster/components.js'
import { makeCgroups, removeCgroups } from '../../cluster/node-cgroups.js'
import { makeControlPlaneImages, REPOSITORY } from './images.js'
import { COVERED, machineContainerd, machineNetwork, machineScript } from './machine-script.js'
import { APT_GET, APT_MARK, CURL, GPG, SUPERVISOR, SYSTEMCTL, WRAPPERS } from './stand-ins.js'

/** What a program in the machine ended with. */
export interface Ended {
  readonly status: number | null
  /** Standard output and error, as they came. */
  readonly output: string
}

const KERNEL_SETTINGS = [
  'vm/overcommit_memory',
  'vm/panic_on_oom',
  'kernel/panic',
  'kernel/panic_on_oops',
  'kernel/keys/root_maxkeys',
  'kernel/keys/root_maxbytes',
]

/**
 * A machine in namespaces of this one: its own processes, mounts, network and host name, an empty /etc/kubernetes, a
 * containerd with the images of each version, and stand-ins for systemctl and apt-get.
 */
export class Machine {
  readonly cgroup: string
  readonly #process: ComponentProcess
  readonly #made: readonly string[]
  readonly #kernel: ReadonlyMap<string, string>
  readonly #running = new Set<ChildProcess>()

  private constructor(
    readonly folder: string,
    process: ComponentProcess,
    made: readonly string[],
    kernel: ReadonlyMap<string, string>,
  ) {
    this.#process = process
    this.#made = made
    this.#kernel = kernel
    this.cgroup = cgroupOf(folder)
    globalThis.process.on('exit', this.#putBack)
  }

  /** Starts it, and installs the first of the versions. */
  static async start(
    folder: string,
    plugins: string,
    kubectl: string,
    versions: readonly Components[],
  ): Promise<Machine> {
    const at = (name: string): string => path.join(folder, name)
    for (const below of ['bin', 'cni', 'containerd', 'held', 'installed', 'wrappers'])
      mkdirSync(at(below), { recursive: true })
    const archives: string[] = []
    let pause = ''
    for (const { program, version } of versions) {
      const number = version('kubelet').slice(1)
      const packages = at(`packages/${number}`)
      mkdirSync(packages, { recursive: true })
      for (const name of ['kubeadm', 'kubelet']) symlinkSync(program, path.join(packages, name))
      // There is one kubectl for both: no package of it is built here.
      symlinkSync(kubectl, path.join(packages, 'kubectl'))
      const names = imageNames(program, `v${number}`)
      pause ||= names.find((name) => name.includes('/pause:')) ?? ''
      mkdirSync(at(`images-${number}`))
      archives.push(await makeControlPlaneImages(at(`images-${number}`), program, names))
    }
    for (const [name, text] of [
      ['bin/systemctl', SYSTEMCTL],
      ['bin/apt-get', APT_GET],
      ['bin/apt-mark', APT_MARK],
      ['bin/curl', CURL],
      ['bin/gpg', GPG],
      ...Object.entries(WRAPPERS).map(([name, text]) => [`wrappers/${name}`, text] as const),
      ['supervise', SUPERVISOR],
      ['start.sh', machineScript(folder, archives)],
      ['containerd.toml', machineContainerd(folder, plugins, pause)],
      ['cni/10-ptp.conflist', JSON.stringify(machineNetwork())],
    ] as const) {
      writeFileSync(at(name), text.replaceAll('$MACHINE', folder))
      chmodSync(at(name), 0o755)
    }
    const made = makeMountPoints()
    const kernel = new Map(KERNEL_SETTINGS.map((name) => [name, readFileSync(`/proc/sys/${name}`, 'utf8')]))
    makeCgroups(cgroupOf(folder))
    const process = ComponentProcess.start({
      name: 'machine',
      folder,
      program: 'setpriv',
      args: [
        ...[
          '--pdeathsig',
          'KILL',
          'unshare',
          '--fork',
          '--kill-child=KILL',
          '--pid',
          '--net',
          '--mount',
          '--uts',
        ],
        ...['--mount-proc', 'sh', at('start.sh')],
      ],
    })
    const machine = new Machine(folder, process, made, kernel)
    try {
      await process.until(
        'ready',
        () =>
          Promise.resolve(
            process.firstChild() !== undefined &&
              machine.run(['test', '-e', '/run/machine-ready']).status === 0,
          ),
        120_000,
      )
      const first = versions[0]?.version('kubelet').slice(1) ?? ''
      machine.must(['apt-get', 'install', ...Object.keys(WRAPPERS).map((name) => `${name}=${first}-*`)])
    } catch (error) {
      await machine.stop()
      throw error
    }
    return machine
  }

  #command(argv: readonly string[]): [string, string[]] {
    const init = this.#process.firstChild()
    if (init === undefined) throw new Error(`the machine has ended:\n${this.#process.lastLines()}`)
    const env = ['env', `PATH=${this.folder}/bin:${process.env['PATH'] ?? ''}`, 'HOME=/root']
    return ['nsenter', ['-t', init, '-m', '-n', '-p', '-u', ...env, ...argv]]
  }

  /** Runs a program in the machine to its end. */
  run(argv: readonly string[], timeout = 600_000): Ended {
    const [program, args] = this.#command(argv)
    const ended = spawnSync('sh', ['-c', 'exec "$@" 2>&1', 'sh', program, ...args], {
      encoding: 'utf8',
      timeout,
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return { status: ended.status, output: ended.stdout }
  }

  /** The same; throws with the end of its output where it fails. */
  must(argv: readonly string[], timeout?: number): string {
    const { status, output } = this.run(argv, timeout)
    if (status === 0) return output
    const last = output.trimEnd().split('\n').slice(-25).join('\n')
    throw new Error(`${argv.join(' ')}: ended with ${status ?? 'a signal'}\n${last}`)
  }

  /** Starts a program in the machine, and takes each line that it says. */
  start(argv: readonly string[], onLine: (line: string) => void): Promise<Ended> {
    const [program, args] = this.#command(argv)
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    this.#running.add(child)
    let output = ''
    let rest = ''
    const take = (chunk: string): void => {
      output += chunk
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      lines.forEach(onLine)
    }
    child.stdout.setEncoding('utf8').on('data', take)
    child.stderr.setEncoding('utf8').on('data', take)
    return new Promise((resolve) => {
      child.on('close', (status) => {
        this.#running.delete(child)
        resolve({ status, output })
      })
    })
  }

  /** Ends everything in it, and leaves this machine as it was. */
  async stop(): Promise<void> {
    for (const child of this.#running) child.kill('SIGKILL')
    await this.#process.stop('SIGKILL')
    await removeCgroups(this.cgroup)
    this.#putBack()
    globalThis.process.off('exit', this.#putBack)
  }

  /** Whatever ends this process: kernel settings and folders of this machine are as they were. */
  readonly #putBack = (): void => {
    for (const [name, value] of this.#kernel) {
      try {
        writeFileSync(`/proc/sys/${name}`, value)
      } catch {
        // A container's root may read some of them alone, and the kubelet could not set those either.
      }
    }
    for (const folder of [...this.#made].reverse()) {
      try {
        rmdirSync(folder)
      } catch {
        // Something else uses it by now.
      }
    }
  }
}

function cgroupOf(folder: string): string {
  return `${path.basename(folder)}-machine`
}

/** What kubeadm of a version asks for. */
function imageNames(program: string, version: string): string[] {
  const list = [
    'kubeadm',
    'config',
    'images',
    'list',
    '--kubernetes-version',
    version,
    '--image-repository',
    REPOSITORY,
  ]
  return execFileSync(program, list, { encoding: 'utf8' }).trim().split('\n')
}

/** Makes what is not there, and gives it, parents first. */
function makeMountPoints(): string[] {
  const made: string[] = []
  const make = (folder: string): void => {
    if (existsSync(folder)) return
    make(path.dirname(folder))
    mkdirSync(folder)
    made.push(folder)
  }
  COVERED.forEach(make)
  return made
}
