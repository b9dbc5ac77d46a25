import { appendFileSync, statSync } from 'node:fs'
import type { Command } from 'commander'
import { RampartError } from '../../model/index.js'
import type { LogEntry } from '../../proxy/index.js'
import {
  addClusterOptions,
  connect,
  type ClusterOptions,
  type ImpersonationOptions,
} from '../cluster-options.js'
import type { CommandContext } from '../command-context.js'
import { timeOption } from '../durations.js'
import { oneOf } from '../inputs.js'
import { untilStopped } from '../until-stopped.js'
import { proxyPlan, type ProxyFlags } from '../proxy-plan.js'

interface Options extends ClusterOptions, ImpersonationOptions, ProxyFlags {
  readonly log?: string
  readonly keepalive: number
  readonly idleTimeout: number
  readonly maxAge: number
}

/** `rampart proxy`: the API of a cluster on a local port, for the browser and the programs of one user. */
export function registerProxy(program: Command, context: CommandContext): void {
  const command = program
    .command('proxy')
    .description('serve the API of a cluster on a local port, safely; or as kubectl proxy does')
    .optionsGroup('Safe mode (the default):')
    .option('--open <service>', 'open one service, NAMESPACE/SERVICE[:PORT], and pass nothing else on')
    .option(
      '--allow <what>',
      'pass these on too, with commas: secrets, tokens, exec, attach, portforward, proxy',
    )
    .option('--methods <methods>', 'methods to pass on, with commas; `all` for every one', 'GET,HEAD')
    .addOption(timeOption('--idle-timeout <time>', 'end after this time without a request; 0 never', '30m'))
    .addOption(timeOption('--max-age <time>', 'end after this time whatever happens; 0 never', '12h'))
    .option('--log <file>', 'one line of JSON for each request there, instead of standard error')
    .option('--compat <program>', "without all that: kubectl's own rules alone", oneOf(['kubectl'] as const))
    .optionsGroup("kubectl's options:")
    .option('-p, --port <port>', 'the local port; 0 for a random one')
    .option('--address <address>', 'the IP address to listen on', '127.0.0.1')
    .option('-u, --unix-socket <file>', 'listen on a Unix socket instead')
    .option('--api-prefix <prefix>', 'where the API is served', '/')
    .option('-w, --www <folder>', 'serve the files of this folder, too')
    .option('-P, --www-prefix <prefix>', 'where those are served', '/static/')
    .option('--accept-hosts <patterns>', 'hosts to accept, regular expressions with commas between')
    .option('--accept-paths <patterns>', 'paths to accept')
    .option('--reject-paths <patterns>', 'paths to refuse, even accepted ones')
    .option('--reject-methods <patterns>', 'methods to refuse')
    .option('--disable-filter [bool]', 'accept everything (with --compat kubectl alone)')
    .option('--append-server-path [bool]', "put the path of the server's address before each path")
    .addOption(timeOption('--keepalive <time>', 'keep-alive period of connections', '0'))
    .optionsGroup('Options:')
    .addHelpText('after', HELP)
  addClusterOptions(command).action(async (options: Options) => {
    context.setExit(await run(options, context))
  })
}

async function run(options: Options, context: CommandContext): Promise<number> {
  const { terminal } = context
  const { startProxy } = await import('../../proxy/index.js')
  const plan = await proxyPlan(options)
  const client = await connect(options, context)
  const stop = untilStopped()
  try {
    const ready = await plan.prepare(client)
    for (const warning of ready.warnings) terminal.err(`warning: ${warning}\n`)
    const safe = options.compat === undefined
    const proxy = await startProxy({
      transport: client.transport,
      policy: ready.policy,
      listen: plan.listen,
      setUmask: (mask) => process.umask(mask),
      ...(options.www === undefined ? {} : { www: options.www }),
      appendServerPath: ready.appendServerPath,
      idle: safe ? options.idleTimeout : 0,
      longest: safe ? options.maxAge : 0,
      keepAlive: options.keepalive,
      log: safe ? logTo(options.log, terminal.err) : () => undefined,
    })
    terminal.out(ready.greeting(proxy.address))
    const stopped = new Promise<undefined>((resolve) => {
      stop.signal.addEventListener('abort', () => resolve(undefined), { once: true })
      if (stop.signal.aborted) resolve(undefined)
    })
    const why = await Promise.race([proxy.expired, stopped])
    if (why !== undefined) terminal.err(`the proxy ends: ${why}\n`)
    await proxy.stop()
    return 0
  } finally {
    stop.forget()
    client.close()
  }
}

/** A line for people, or one of JSON in a file. */
function logTo(file: string | undefined, err: (text: string) => void): (entry: LogEntry) => void {
  if (file === undefined) {
    return ({ time, method, path, status, milliseconds, why }) =>
      err(`${time} ${method} ${path} ${status} ${milliseconds}ms${why === undefined ? '' : ` (${why})`}\n`)
  }
  try {
    appendFileSync(file, '', { mode: 0o600 })
    if (!statSync(file).isFile()) throw new Error('it is no file')
  } catch (error) {
    throw new RampartError('usage', `--log: cannot write \`${file}\`: ${(error as Error).message}`)
  }
  return (entry) => appendFileSync(file, `${JSON.stringify(entry)}\n`)
}

const HELP = `
The printed address carries a code that works once; it becomes a cookie that pages cannot read. Programs send the header
that is printed. GET and HEAD alone are passed on, and no Secret, token, exec, attach, portforward or */proxy. Requests
of other sites and by other names are refused.

Examples:
  rampart proxy                                            look at a cluster in the browser
  rampart proxy --open monitoring/grafana                  one service that has a cluster IP alone
  rampart proxy --open kubernetes-dashboard/kubernetes-dashboard-kong-proxy --methods all
  rampart proxy --unix-socket /tmp/api.sock                for programs of this user; needs no header
  rampart proxy --allow secrets --methods GET,HEAD,POST    more than that
  rampart proxy --compat kubectl --port 8001               exactly as kubectl proxy`
