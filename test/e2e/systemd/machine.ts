import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ComponentProcess } from '../../cluster/component-process.js'
import { makeCgroups, removeCgroups } from '../../cluster/node-cgroups.js'
import { SystemdUnavailable, type DebianRoot } from './debian-root.js'
import { machineScript, NODE, RAMPART } from './machine-script.js'

/** What a program in the machine ended with. */
export interface Said {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const ENVIRONMENT = [
  'env',
  '-i',
  'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'HOME=/root',
  'NO_COLOR=1',
  'CA_PASSPHRASE=correct horse',
]
/** Docker starts within seconds; a machine of two busy cores needs longer. */
const BOOT_MS = 120_000

/** A machine in namespaces of this one, with systemd as its first process and Docker from Debian's package. */
export class SystemdMachine {
  readonly #cgroup: string
  readonly #process: ComponentProcess
  readonly #running = new Set<ChildProcess>()

  private constructor(cgroup: string, process: ComponentProcess) {
    this.#cgroup = cgroup
    this.#process = process
  }

  /** Boots it, and waits until systemd has started what it starts. Throws `SystemdUnavailable` where it does not come up. */
  static async boot(
    folder: string,
    root: DebianRoot,
    programs: Readonly<Record<string, string>> = {},
  ): Promise<SystemdMachine> {
    const cgroup = `${path.basename(path.dirname(folder))}-${path.basename(folder)}`
    const script = path.join(folder, 'boot.sh')
    const paths = { folder, root: root.folder, dist: path.resolve('dist'), node: process.execPath, programs }
    writeFileSync(script, machineScript(paths))
    const group = path.join(unified(), cgroup, 'cgroup.procs')
    try {
      makeCgroups(cgroup)
    } catch (error) {
      throw new SystemdUnavailable(`no control group can be made here: ${String(error)}`)
    }
    // systemd takes the group that it is started in for the whole tree.
    const join = `echo $$ >'${group}' && exec "$@"`
    const namespaces = ['--pid', '--mount', '--uts', '--ipc', '--net', '--cgroup']
    const inside = ['unshare', '--fork', '--kill-child=KILL', ...namespaces, 'sh', script]
    const machine = new SystemdMachine(
      cgroup,
      ComponentProcess.start({
        name: 'systemd',
        folder,
        program: 'setpriv',
        args: ['--pdeathsig', 'KILL', 'sh', '-c', join, 'sh', ...inside],
      }),
    )
    try {
      await machine.#process.until('booted', () => Promise.resolve(machine.#isUp()), BOOT_MS)
    } catch (error) {
      await machine.stop()
      throw new SystemdUnavailable(error instanceof Error ? error.message : String(error))
    }
    return machine
  }

  #isUp(): boolean {
    if (this.#process.firstChild() === undefined) return false
    const { out } = this.run(['systemctl', 'is-system-running'], 10_000)
    // Degraded: Debian's systemd-modules-load.service finds no modprobe here.
    return ['running', 'degraded'].includes(out.trim())
  }

  #command(argv: readonly string[]): [string, string[]] {
    const init = this.#process.firstChild()
    if (init === undefined) throw new Error(`the machine has ended:\n${this.#process.lastLines()}`)
    return ['nsenter', ['-t', init, '-m', '-u', '-i', '-n', '-p', '-C', ...ENVIRONMENT, ...argv]]
  }

  /** Runs a program in the machine to its end. */
  run(argv: readonly string[], timeout = 180_000): Said {
    const [program, args] = this.#command(argv)
    const ended = spawnSync(program, args, {
      encoding: 'utf8',
      timeout,
      killSignal: 'SIGKILL',
      maxBuffer: 64 * 1024 * 1024,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return { code: ended.status, out: ended.stdout, err: ended.stderr }
  }

  /** The same by a shell. */
  sh(script: string): Said {
    return this.run(['sh', '-c', script])
  }

  /** The same; throws what it said where it fails, as a test cannot go on then. */
  must(script: string): string {
    const { code, out, err } = this.sh(script)
    if (code !== 0) throw new Error(`\`${script}\` ended with ${code ?? 'a signal'}: ${(err || out).trim()}`)
    return out.trim()
  }

  /** Asks until the answer is yes, half a minute long. */
  until(what: string, holds: () => boolean): void {
    const deadline = Date.now() + 30_000
    while (!holds()) {
      if (Date.now() > deadline) throw new Error(`not so after 30 s: ${what}`)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250)
    }
  }

  rampart(...args: readonly string[]): Said {
    return this.run([NODE, `${RAMPART}/cli.js`, ...args])
  }

  /** Our command, killed as soon as it has said `words`. */
  killedAt(words: string, ...args: readonly string[]): Promise<string> {
    const [program, argv] = this.#command([
      'sh',
      '-c',
      'echo $$ >/run/killed.pid && exec "$@"',
      'sh',
      NODE,
      `${RAMPART}/cli.js`,
      ...args,
    ])
    const child = spawn(program, argv, { stdio: ['ignore', 'ignore', 'pipe'] })
    this.#running.add(child)
    let text = ''
    let killed = false
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      if (killed || !text.includes(words)) return
      killed = true
      this.sh('kill -9 "$(cat /run/killed.pid)"')
    })
    return new Promise((resolve) => {
      child.on('close', () => {
        this.#running.delete(child)
        resolve(text)
      })
    })
  }

  read(file: string): string | undefined {
    const { code, out } = this.run(['cat', file])
    return code === 0 ? out : undefined
  }

  write(file: string, text: string): void {
    const [program, args] = this.#command(['sh', '-c', `mkdir -p "$(dirname '${file}')" && cat >'${file}'`])
    const ended = spawnSync(program, args, { input: text, encoding: 'utf8' })
    if (ended.status !== 0) throw new Error(`${file} cannot be written: ${ended.stderr}`)
  }

  /** Properties of a unit, as systemd has them. */
  unit(name: string, ...properties: readonly string[]): Record<string, string> {
    const { out } = this.run(['systemctl', 'show', `--property=${properties.join(',')}`, '--', name])
    return Object.fromEntries(
      out.split('\n').flatMap((line) => {
        const at = line.indexOf('=')
        return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]]
      }),
    )
  }

  /** The main process of a unit that is active; 0 where it is not. */
  pid(name: string): number {
    const { MainPID = '0', ActiveState } = this.unit(name, 'MainPID', 'ActiveState')
    return ActiveState === 'active' ? Number(MainPID) : 0
  }

  commandLine(name: string): string {
    return (this.read(`/proc/${this.pid(name)}/cmdline`) ?? '').replaceAll('\0', ' ').trim()
  }

  /** The end of a unit's journal, for people. */
  journal(name: string): string {
    return this.run(['journalctl', '--no-pager', '-o', 'cat', '-n', '12', '-u', name]).out
  }

  /** Ends everything in it. */
  async stop(): Promise<void> {
    for (const child of this.#running) child.kill('SIGKILL')
    await this.#process.stop('SIGKILL')
    await removeCgroups(this.#cgroup)
  }
}

/** Where version 2 of control groups is mounted: alone, or beside version 1. */
function unified(): string {
  const [found] = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified'].filter((folder) =>
    existsSync(path.join(folder, 'cgroup.controllers')),
  )
  if (found === undefined) throw new SystemdUnavailable('no control groups of version 2 are mounted here')
  return found
}
