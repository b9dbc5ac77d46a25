import type { Command } from 'commander'
import type { PortForwardOptions } from '../../port-forward/index.js'
import {
  addClusterOptions,
  connect,
  type ClusterOptions,
  type ImpersonationOptions,
} from '../cluster-options.js'
import type { CommandContext } from '../command-context.js'
import { timeOption } from '../durations.js'
import { collect, oneOf } from '../inputs.js'
import { untilStopped } from '../until-stopped.js'

interface Options extends ClusterOptions, ImpersonationOptions {
  readonly namespace?: string
  readonly address?: string[]
  readonly podRunningTimeout: number
  readonly reconnectTimeout: number
  readonly transport: PortForwardOptions['transport']
}

/** `rampart port-forward`: local ports that lead into pods, also when these are replaced. */
export function registerPortForward(program: Command, context: CommandContext): void {
  const command = program
    .command('port-forward')
    .description('forward local ports to a pod, and to the one that takes its place')
    .argument('<target>', 'TYPE/NAME: pod, service, deployment, statefulset, replicaset, daemonset, job')
    .argument('<port...>', '[LOCAL:]REMOTE, by number or name; :REMOTE for a random local port')
    .option('-n, --namespace <namespace>', "the namespace; that of the context unless it's named")
    .option('--address <address>', 'where to listen: IP addresses or localhost, with commas between', collect)
    .addOption(timeOption('--pod-running-timeout <time>', 'how long to wait for a running pod', '1m'))
    .addOption(
      timeOption(
        '--reconnect-timeout <time>',
        'how long to wait for the pod that takes the place of one that is gone; 0 ends with the pod, as kubectl does',
        '5m',
      ),
    )
    .option(
      '--transport <kind>',
      'websocket, spdy (a plain upgrade), or auto: the first where the server has it',
      oneOf(['auto', 'websocket', 'spdy'] as const),
      // The switch that kubectl has for the same.
      process.env.KUBECTL_PORT_FORWARD_WEBSOCKETS === 'false' ? 'spdy' : 'auto',
    )
    .addHelpText('after', HELP)
  addClusterOptions(command).action(async (target: string, ports: string[], options: Options) => {
    context.setExit(await run(target, ports, options, context))
  })
}

async function run(
  target: string,
  ports: readonly string[],
  options: Options,
  context: CommandContext,
): Promise<number> {
  const { terminal } = context
  const { listenAddresses, parseTarget, splitPort, startPortForward } =
    await import('../../port-forward/index.js')
  // What is wrongly written is told before anything is contacted.
  const wanted = {
    target: parseTarget(target),
    ports: ports.map(splitPort),
    addresses: listenAddresses(options.address ?? ['localhost']),
  }
  const use = options.namespace === undefined ? {} : { namespace: options.namespace }
  const client = await connect(options, context, use)
  const stop = untilStopped()
  try {
    const forward = await startPortForward({
      ...wanted,
      cluster: client,
      namespace: options.namespace ?? client.config.namespace,
      podTimeout: options.podRunningTimeout,
      reconnectTimeout: options.reconnectTimeout,
      transport: options.transport,
      say: (text) => terminal.err(`${text}\n`),
      onListening: (text) => terminal.out(`${text}\n`),
      signal: stop.signal,
    })
    const stopped = new Promise<undefined>((resolve) => {
      stop.signal.addEventListener('abort', () => resolve(undefined), { once: true })
      if (stop.signal.aborted) resolve(undefined)
    })
    const error = await Promise.race([forward.ended, stopped])
    await forward.close()
    if (error !== undefined) throw error
  } catch (error) {
    if (!stop.signal.aborted) throw error
  } finally {
    stop.forget()
    client.close()
  }
  return 0
}

const HELP = `
A Service leads to one pod behind it and to the targetPort there. When the pod is deleted or replaced, new connections go
to the next one; connections that are open last as long as the old pod does.

Examples:
  rampart port-forward pod/web-0 5000 6000                 the same ports here and there
  rampart port-forward svc/web 8443:https -n shop          a Service's port by name
  rampart port-forward deployment/web :8080                a random local port, printed
  rampart port-forward --address 10.0.0.5 sts/db 5432      other machines may use it, too
  rampart port-forward pod/web-0 8080 --reconnect-timeout 0   end when the pod ends

Exit codes: 0 stopped by Ctrl-C, 2 wrong usage, 3 unreachable, not allowed, or no pod took the place.`
