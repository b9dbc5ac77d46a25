import { RampartError } from '../../model/index.js'
import type { Policy, RunningServer, ServerTls } from '../../serve/index.js'
import type { Terminal } from '../terminal.js'
import type { ListenAddress } from './addresses.js'
import { readServedPolicy, tellFaults } from './served-policy.js'

export interface ServeSettings {
  /** Files and folders of the policy, in their order. */
  readonly files: readonly string[]
  readonly certificates: readonly string[]
  readonly address: ListenAddress
  readonly path: string
  readonly metricsAddress: ListenAddress | undefined
  readonly log: { readonly file: string; readonly maxBytes: number; readonly keep: number } | undefined
}

/** Serves a policy until the process is told to stop, and reads it anew when it changes. */
export async function serveUntilStopped(
  settings: ServeSettings,
  first: Policy,
  readTls: () => ServerTls | undefined,
  terminal: Terminal,
): Promise<void> {
  const serve = await import('../../serve/index.js')
  let policy = first
  const { address, path, files } = settings
  const say = (text: string): void => terminal.err(`${new Date().toISOString()} ${text}\n`)
  const tls = readTls()
  const metrics = serve.createMetrics()
  const { log: wanted } = settings
  const log =
    wanted === undefined
      ? undefined
      : await opened('--decision-log', () => serve.openDecisionLog({ ...wanted, onError: say }))
  const server = await opened('--listen', () =>
    serve.startServer({
      ...address,
      path,
      tls,
      policy: () => policy,
      metrics,
      log,
      metricsAddress: settings.metricsAddress,
    }),
  )
  say(
    `serving ${tls === undefined ? 'http' : 'https'}://${shown(address.host)}:${server.address.port}${path}`,
  )
  if (server.metricsAddress !== undefined)
    say(`metrics and health on http://${shown(server.metricsAddress.address)}:${server.metricsAddress.port}`)
  const reload = async (): Promise<void> => {
    const next = await readServedPolicy(files)
    tellFaults(next, terminal)
    metrics.reloaded(next.policy !== undefined)
    if (next.policy === undefined) say('THE NEW POLICY IS REFUSED: the one before goes on deciding')
    else {
      policy = next.policy
      say('the policy was reloaded')
    }
    if (tls !== undefined) renewCertificates(server, readTls, say)
  }
  const again = oneAfterAnother(reload, (error) => say(`nothing was reloaded: ${error.message}`))
  const watching = serve.watchFiles([...files, ...settings.certificates], again)
  process.on('SIGHUP', again)
  await stopSignal()
  say('stopping: what has begun is answered')
  process.off('SIGHUP', again)
  watching.close()
  await server.stop()
  await log?.close()
}

/** What cannot be opened is told with the option that names it. */
async function opened<T>(option: string, open: () => T | Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    throw new RampartError('unreadable-input', `${option}: ${(error as Error).message}`, { cause: error })
  }
}

function renewCertificates(
  server: RunningServer,
  readTls: () => ServerTls | undefined,
  say: (text: string) => void,
): void {
  try {
    const tls = readTls()
    if (tls !== undefined) server.setCertificates(tls)
  } catch (error) {
    say(`the certificates could not be reloaded, the ones before go on: ${(error as Error).message}`)
  }
}

/** Runs a task when called; calls while it runs lead to one more run. */
function oneAfterAnother(task: () => Promise<void>, failed: (error: Error) => void): () => void {
  let running = false
  let wanted = false
  const run = async (): Promise<void> => {
    running = true
    while (wanted) {
      wanted = false
      await task().catch(failed)
    }
    running = false
  }
  return () => {
    wanted = true
    if (!running) void run()
  }
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve())
    process.once('SIGINT', () => resolve())
  })
}

function shown(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
