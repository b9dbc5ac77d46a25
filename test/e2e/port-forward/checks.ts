import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { CLOSED, ECHO, LATE, NAMESPACE, SINK, SOURCE } from './manifests.js'
import { startForwarder, talk, type Forwarder } from './forwarder.js'

interface Context {
  readonly rampart: readonly string[]
  /** kubectl's own port-forward. */
  readonly peer: readonly string[]
  readonly kubectl: (args: readonly string[], input?: string) => Promise<string>
}

interface Check {
  readonly name: string
  readonly check: (context: Context) => Promise<void>
}

function equal(given: unknown, wanted: unknown, what: string): void {
  if (JSON.stringify(given) !== JSON.stringify(wanted)) {
    throw new Error(`${what}: ${JSON.stringify(given)}, not ${JSON.stringify(wanted)}`)
  }
}

async function forwarding(
  { rampart }: Context,
  args: readonly string[],
  count: number,
  use: (forwarder: Forwarder) => Promise<void>,
): Promise<void> {
  const forwarder = await startForwarder([...rampart, ...args], count)
  try {
    await use(forwarder)
  } finally {
    await forwarder.stop()
  }
}

const echoed = async (forwarder: Forwarder, text: string, port = ECHO): Promise<void> =>
  equal((await talk(forwarder.ports.get(port) ?? 0, text, { expect: text.length })).text, text, 'echo')

/** What must hold of `rampart port-forward` with a real API server, kubelet and container runtime. */
export const CHECKS: readonly Check[] = [
  ...['websocket', 'spdy'].map((transport) => ({
    name: `a pod by ${transport}, several ports at once, random local ports`,
    check: (context: Context) =>
      forwarding(
        context,
        ['pod/alone', `:${ECHO}`, `:${SINK.port}`, '--transport', transport],
        2,
        async (forwarder) => {
          await echoed(forwarder, 'hello')
          const { text } = await talk(forwarder.ports.get(SINK.port) ?? 0, SINK.bytes)
          equal(text.trim(), String(SINK.bytes), 'bytes at the other side')
        },
      ),
  })),
  ...[
    'svc/web :front',
    'service/web :80',
    'deployment/web :echo',
    `deploy/web :${ECHO}`,
    'pod/alone :echo',
  ].map((args) => ({
    name: `${args.split(' ')[0] ?? ''} ${args.split(' ')[1] ?? ''}`,
    check: (context: Context) =>
      forwarding(context, args.split(' '), 1, (forwarder) => echoed(forwarder, args)),
  })),
  {
    name: 'a replicaset',
    async check(context) {
      const all = await context.kubectl(['-n', NAMESPACE, 'get', 'rs', '-o', 'name'])
      const name = all.trim().split('/')[1] ?? ''
      await forwarding(context, [`rs/${name}`, ':echo'], 1, (forwarder) => echoed(forwarder, 'rs'))
    },
  },
  {
    name: 'localhost is 127.0.0.1 and ::1, with one random port',
    check: (context) =>
      forwarding(context, ['pod/alone', ':echo'], 1, async (forwarder) => {
        const port = forwarder.ports.get(ECHO) ?? 0
        equal((await talk(port, 'six', { host: '::1', expect: 3 })).text, 'six', 'over IPv6')
      }),
  },
  {
    // containerd ends a connection a second after either half: what comes later is lost with kubectl, too.
    name: 'a half that is closed leaves the other open: an answer that comes later arrives, as with kubectl',
    async check(context) {
      const late = async (command: readonly string[]): Promise<string> => {
        const forwarder = await startForwarder([...command, 'pod/alone', `:${LATE}`], 1)
        const { text } = await talk(forwarder.ports.get(LATE) ?? 0, 'reader\n', { half: true })
        await forwarder.stop()
        return text
      }
      equal(await late(context.rampart), 'late reader\n', 'rampart')
      equal(await late(context.peer), 'late reader\n', 'kubectl')
    },
  },
  {
    // busybox's nc takes one connection at a time: of 100 at once kubectl leaves half hanging.
    name: '30 connections at once',
    check: (context) =>
      forwarding(context, ['pod/alone', `:${ECHO}`], 1, async (forwarder) => {
        await Promise.all(
          Array.from({ length: 30 }, (_, index) => echoed(forwarder, `${index} `.repeat(500))),
        )
      }),
  },
  {
    name: 'a client that does not read is not buffered, and holds nobody else up',
    check: (context) =>
      forwarding(context, ['pod/alone', `:${SOURCE.port}`, `:${ECHO}`], 2, async (forwarder) => {
        const slow = net.connect({ host: '127.0.0.1', port: forwarder.ports.get(SOURCE.port) ?? 0 })
        slow.pause()
        await sleep(1500)
        await echoed(forwarder, 'meanwhile')
        let seen = 0
        slow.on('data', (chunk) => (seen += chunk.length))
        slow.resume()
        await new Promise((resolve) => slow.on('end', resolve))
        slow.destroy()
        equal(seen, SOURCE.bytes, 'bytes of the slow one')
      }),
  },
  {
    name: 'a port where nothing listens: a reason, and the others go on',
    check: (context) =>
      forwarding(context, ['pod/alone', `:${CLOSED}`, `:${ECHO}`], 2, async (forwarder) => {
        await talk(forwarder.ports.get(CLOSED) ?? 0, 'x')
        await forwarder.until(new RegExp(`-> ${CLOSED} .*(refused|connect)`))
        await echoed(forwarder, 'still here')
      }),
  },
  {
    name: 'a pod that is deleted in the middle of a transfer: a clear message, and the next one is used',
    check: (context) =>
      forwarding(context, ['deployment/web', `:${SOURCE.port}`, `:${ECHO}`], 2, async (forwarder) => {
        const cut = net.connect({ host: '127.0.0.1', port: forwarder.ports.get(SOURCE.port) ?? 0 })
        cut.once('data', () => cut.pause())
        await sleep(300)
        const ended = new Promise((resolve) => cut.on('close', resolve))
        cut.on('error', () => undefined)
        await context.kubectl(['-n', NAMESPACE, 'delete', 'pod', '-l', 'app=web', '--wait=false'])
        await forwarder.until(
          /pod web-\S+ (is being|was) deleted, with 1 connection open; looking for the pod/,
        )
        cut.resume()
        await ended
        await forwarder.until(/forwarding to pod web-\S+ now/)
        await echoed(forwarder, 'the next pod')
      }),
  },
  {
    name: 'a pod of the same name that takes the place',
    check: (context) =>
      forwarding(context, ['pod/alone', `:${ECHO}`], 1, async (forwarder) => {
        const pod = await context.kubectl(['-n', NAMESPACE, 'get', 'pod', 'alone', '-o', 'json'])
        const { metadata, spec } = JSON.parse(pod) as {
          metadata: { labels: object }
          spec: Record<string, unknown>
        }
        await context.kubectl(['-n', NAMESPACE, 'delete', 'pod', 'alone'])
        delete spec['nodeName']
        const next = {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'alone', namespace: NAMESPACE, labels: metadata.labels },
          spec,
        }
        await context.kubectl(['create', '-f', '-'], JSON.stringify(next))
        await forwarder.until(/forwarding to pod alone now/)
        await echoed(forwarder, 'back')
      }),
  },
  {
    name: 'ends with its pod where that was asked for',
    async check(context) {
      const args = ['deployment/web', `:${ECHO}`, '--reconnect-timeout', '0']
      const forwarder = await startForwarder([...context.rampart, ...args], 1)
      await context.kubectl(['-n', NAMESPACE, 'delete', 'pod', '-l', 'app=web', '--wait=false'])
      equal(await forwarder.ended(), 3, 'exit code')
      if (!/lost connection to pod: web-/.test(forwarder.err())) throw new Error(forwarder.err())
      await context.kubectl(['-n', NAMESPACE, 'rollout', 'status', 'deployment/web', '--timeout=120s'])
    },
  },
]
