import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Time for a component to end by itself before it is killed. */
const GRACE = 5000

export interface ProcessOptions {
  /** What to call it; its log is `NAME.log` in the folder. */
  readonly name: string
  readonly folder: string
  readonly program: string
  readonly args: readonly string[]
}

/** One component that runs. */
export class ComponentProcess {
  readonly #child: ChildProcess
  readonly #ended: Promise<void>
  #why: string | undefined

  private constructor(
    readonly name: string,
    readonly log: string,
    child: ChildProcess,
  ) {
    this.#child = child
    this.#ended = new Promise((resolve) => {
      child.on('error', (error) => {
        this.#why = `it could not be started: ${error.message}`
        resolve()
      })
      child.on('exit', (code, signal) => {
        this.#why = signal === null ? `it ended with ${code ?? '?'}` : `it was ended by ${signal}`
        resolve()
      })
    })
  }

  static start({ name, folder, program, args }: ProcessOptions): ComponentProcess {
    const log = path.join(folder, `${name}.log`)
    const output = openSync(log, 'a')
    try {
      const child = spawn(program, args, {
        cwd: folder,
        // Nothing of the caller's environment may turn a component elsewhere (KUBECONFIG, proxies, ETCD_...).
        env: { PATH: process.env['PATH'] ?? '', HOME: folder },
        stdio: ['ignore', output, output],
      })
      return new ComponentProcess(name, log, child)
    } finally {
      closeSync(output)
    }
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** What unshare runs in new namespaces: its first child, as this machine numbers it. Undefined when it has ended. */
  firstChild(): string | undefined {
    const { pid } = this
    if (pid === undefined) return undefined
    try {
      return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0] || undefined
    } catch {
      return undefined
    }
  }

  /** Waits until `ready` gives true; throws with the end of the log when the component ends or takes too long. */
  async until(what: string, ready: () => Promise<boolean>, limit = 90_000): Promise<void> {
    const deadline = Date.now() + limit
    while (!(await ready())) {
      if (this.#why !== undefined)
        throw new Error(`${this.name}: ${this.#why} before ${what}\n${this.lastLines()}`)
      if (Date.now() > deadline)
        throw new Error(`${this.name}: not ${what} after ${limit / 1000} s\n${this.lastLines()}`)
      await new Promise((resolve) => setTimeout(resolve, 150))
    }
  }

  /** The end of its log, for people. */
  lastLines(count = 15): string {
    try {
      return readFileSync(this.log, 'utf8').trimEnd().split('\n').slice(-count).join('\n')
    } catch {
      return ''
    }
  }

  /** Ends it: asked first, then killed. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.#why !== undefined) return
    this.#child.kill(signal)
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), GRACE)
    await this.#ended
    clearTimeout(timer)
  }
}
