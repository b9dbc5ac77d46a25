import { spawn, type ChildProcess } from 'node:child_process'
import net from 'node:net'

/** A forwarding program that runs: rampart's or kubectl's, which print the same lines. */
export interface Forwarder {
  readonly process: ChildProcess
  /** The local port of each remote port, over IPv4. */
  readonly ports: ReadonlyMap<number, number>
  /** What it has written to standard error. */
  err(): string
  /** Waits until its standard error matches. */
  until(pattern: RegExp, milliseconds?: number): Promise<void>
  ended(): Promise<number | null>
  stop(): Promise<void>
}

/** A program that is told to end has this long. */
const END_WITHIN = 15_000
const alive = new Set<ChildProcess>()

/** Ends at once what still runs: what a check that failed or did not end has left. */
export function killForwarders(): void {
  for (const child of alive) child.kill('SIGKILL')
}

/** Starts it and waits until it listens on `count` ports. */
export async function startForwarder(command: readonly string[], count: number): Promise<Forwarder> {
  const [program = '', ...args] = command
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const ports = new Map<number, number>()
  let out = ''
  let err = ''
  alive.add(child)
  const exit = new Promise<number | null>((resolve) => child.on('exit', resolve))
  child.on('exit', () => alive.delete(child))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
    for (const [, local, remote] of out.matchAll(/Forwarding from 127\.0\.0\.1:(\d+) -> (\d+)/g)) {
      ports.set(Number(remote), Number(local))
    }
  })
  const waitFor = async (done: () => boolean, what: string, milliseconds: number): Promise<void> => {
    const end = Date.now() + milliseconds
    while (!done()) {
      if (Date.now() > end || child.exitCode !== null) throw new Error(`${what} did not come: ${out}\n${err}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  await waitFor(() => ports.size >= count, 'listening', 60_000)
  return {
    process: child,
    ports,
    err: () => err,
    until: (pattern, milliseconds = 60_000) =>
      waitFor(() => pattern.test(err), String(pattern), milliseconds),
    ended: () => exit,
    async stop() {
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), END_WITHIN)
      await exit
      clearTimeout(late)
      if (child.signalCode === 'SIGKILL') {
        throw new Error(`it did not end within ${END_WITHIN / 1000} s of SIGTERM:\n${err}`)
      }
    },
  }
}

export interface Talk {
  readonly bytes: number
  readonly text: string
  readonly seconds: number
  /** How the connection ended when not by its end. */
  readonly error?: string
}

export interface TalkOptions {
  readonly host?: string
  /** Closes our half as soon as everything is sent; else when so many bytes have come, or when the other half ends. */
  readonly half?: boolean
  readonly expect?: number
}

/** Sends, and reads until the other side ends. */
export function talk(port: number, send: number | string, options: TalkOptions = {}): Promise<Talk> {
  const { host = '127.0.0.1', half = false, expect } = options
  return new Promise((resolve) => {
    const begin = performance.now()
    const socket = net.connect({ host, port, allowHalfOpen: true })
    let bytes = 0
    let text = ''
    const done = (error?: string): void => {
      resolve({
        bytes,
        text,
        seconds: (performance.now() - begin) / 1000,
        ...(error === undefined ? {} : { error }),
      })
      socket.destroy()
    }
    socket.on('data', (chunk) => {
      bytes += chunk.length
      if (text.length < 1_000_000) text += chunk.toString('latin1')
      if (bytes === expect) socket.end()
    })
    socket.on('end', () => done())
    socket.on('error', (error) => done(error.message))
    socket.setTimeout(60_000, () => done('nothing moved for a minute'))
    const piece = typeof send === 'string' ? Buffer.from(send) : Buffer.alloc(64 * 1024, 97)
    let left = typeof send === 'string' ? piece.length : send
    const more = (): void => {
      while (left > 0) {
        const part = piece.subarray(0, left)
        left -= part.length
        if (!socket.write(part)) return void socket.once('drain', more)
      }
      if (half) socket.end()
    }
    more()
  })
}
