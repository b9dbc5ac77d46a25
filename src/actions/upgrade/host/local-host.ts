import { constants } from 'node:os'
import { runCommand } from '../../commands/index.js'
import { HostUnreachable, wholeScript, type HostTransport } from './host-transport.js'

/** This machine's shell. Scripts go to its standard input: what they hold is not seen in the list of processes. */
export function localHost({ sudo = false }: { readonly sudo?: boolean } = {}): HostTransport {
  const shell = sudo ? ['sudo', '-n', '--', 'sh', '-s'] : ['sh', '-s']
  return {
    kind: 'local',
    name: 'this host',
    async run(script, { timeoutMs, signal }) {
      const result = await runCommand(shell, {
        stdin: wholeScript(script),
        timeoutMs,
        ...(signal === undefined ? {} : { signal }),
      })
      if (result.timedOut) throw new HostUnreachable(`this host: no answer within ${timeoutMs / 1000} s`)
      if (signal?.aborted === true) throw new HostUnreachable('this host: interrupted')
      const ended = result.endedBy as NodeJS.Signals | undefined
      return {
        status: result.status ?? 128 + (ended === undefined ? 0 : constants.signals[ended]),
        stdout: result.stdout,
        stderr: result.stderr,
      }
    },
    close: () => undefined,
  }
}
