import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The version of the dockerd of this machine, or undefined when there is none. */
export function realDockerdVersion(): string | undefined {
  try {
    return /version (\S+?),/.exec(execFileSync('dockerd', ['--version'], { encoding: 'utf8' }))?.[1]
  } catch {
    return undefined
  }
}

/** What dockerd did with a configuration: it refused with these words, or got as far as to listen. */
export interface StartAnswer {
  readonly refused: boolean
  readonly log: string
  /** `tcp (127.0.0.1:2375)`, as dockerd prints each listener. */
  readonly listeners: readonly string[]
}

/** A place for one dockerd after another: folders of its own, no bridge, no firewall rules, no containerd. */
export class DockerdBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'rampart-dockerd-'))
  private running: ChildProcess | undefined

  /** Arguments that keep every dockerd of this bench apart from the machine. */
  get safeArgs(): string[] {
    const at = (name: string): string => join(this.folder, name)
    const own = ['--data-root', at('data'), '--exec-root', at('exec'), '--pidfile', at('pid')]
    return [...own, '--iptables=false', '--bridge=none', '--storage-driver=vfs', '-D']
  }

  write(name: string, text: string): string {
    const path = join(this.folder, name)
    writeFileSync(path, text)
    return path
  }

  /** Starts dockerd without containerd, until it listens or ends, and stops it. */
  async tryStart(args: readonly string[]): Promise<StartAnswer> {
    // The first word of gRPC comes after all listeners; newer releases name its channel, or say that they make a client.
    const answer = await this.run(
      [...args, '--containerd', join(this.folder, 'none.sock')],
      {},
      /module=grpc|\[Channel #|Creating a containerd client/,
    )
    await this.stop('SIGKILL')
    return answer
  }

  /** Starts dockerd with a containerd of its own until it answers requests; `stop` ends both. */
  serve(args: readonly string[], env: Readonly<Record<string, string>>): Promise<StartAnswer> {
    return this.run(args, env, /API listen on/)
  }

  private run(
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    sign: RegExp,
  ): Promise<StartAnswer> {
    const child = spawn('dockerd', [...this.safeArgs, ...args], {
      env: { PATH: process.env['PATH'] ?? '', HOME: this.folder, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.running = child
    let log = ''
    const answer = (refused: boolean): StartAnswer => ({
      refused,
      log,
      listeners: [...log.matchAll(/Listener created for HTTP on (\S+ \([^)]*\))/g)].map(
        (match) => match[1] ?? '',
      ),
    })
    return new Promise((resolve, reject) => {
      const take = (chunk: Buffer): void => {
        log += chunk.toString()
        if (sign.test(log)) resolve(answer(false))
      }
      child.stdout.on('data', take)
      child.stderr.on('data', take)
      child.on('error', reject)
      child.on('close', () => resolve(answer(true)))
    })
  }

  /** Ends the dockerd that this bench started; asked politely it takes its containerd and mounts with it. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.running
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('close', resolve))
    child.kill(signal)
    await ended
    rmSync(join(this.folder, 'pid'), { force: true })
  }

  remove(): void {
    try {
      execFileSync('umount', [join(this.folder, 'data')], { stdio: 'ignore' })
    } catch {
      // Nothing was mounted.
    }
    rmSync(this.folder, { recursive: true, force: true })
  }
}
