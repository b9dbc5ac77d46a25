import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { HostUnreachable, OutputEnd, wholeScript, type HostAnswer, type HostTransport } from './host-transport.js'

/** This machine's shell. Scripts go to its standard input: what they hold is not seen in the list of processes. */
export function localHost({ sudo = false }: { readonly sudo?: boolean } = {}): HostTransport {
  const [program, ...args] = sudo ? ['sudo', '-n', '--', 'sh', '-s'] : ['sh', '-s']
  return {
    kind: 'local',
    name: 'this host',
    run: (script, { timeoutMs, signal }) =>
      new Promise<HostAnswer>((resolve, reject) => {
        const stdout = new OutputEnd()
        const stderr = new OutputEnd()
        // A group of its own: a limit that has passed ends what the script had started, too.
        const child = spawn(program as string, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true })
        const end = (): void => {
          try {
            if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
          } catch {
            // It has ended by itself.
          }
        }
        let late = false
        const limit = setTimeout(() => {
          late = true
          end()
        }, timeoutMs)
        signal?.addEventListener('abort', end, { once: true })
        const finish = (): void => {
          clearTimeout(limit)
          signal?.removeEventListener('abort', end)
        }
        child.stdout.on('data', (part: Buffer) => stdout.add(part))
        child.stderr.on('data', (part: Buffer) => stderr.add(part))
        child.stdin.on('error', () => undefined)
        child.on('error', (error) => {
          finish()
          reject(new HostUnreachable(`this host: no shell could be started: ${error.message}`, error))
        })
        child.on('close', (code, ended) => {
          finish()
          if (late) reject(new HostUnreachable(`this host: no answer within ${timeoutMs / 1000} s`))
          else if (signal?.aborted === true) reject(new HostUnreachable('this host: interrupted'))
          else
            resolve({
              status: code ?? 128 + (ended === null ? 0 : constants.signals[ended]),
              stdout: stdout.text(),
              stderr: stderr.text(),
            })
        })
        child.stdin.end(wholeScript(script))
      }),
    close: () => undefined,
  }
}
