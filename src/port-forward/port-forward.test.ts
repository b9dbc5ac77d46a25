import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  startForwardingServer,
  type ForwardingOptions,
  type ForwardingServer,
} from '../../test/kit/forwarding-server.js'
import { createClient, type ApiClient } from '../client/index.js'
import type { JsonObject } from '../model/index.js'
import { listenAddresses } from './listen-addresses.js'
import { splitPort } from './port-pair.js'
import { startPortForward, type PortForward, type PortForwardOptions } from './port-forward.js'
import { parseTarget } from './target.js'

const PODS = '/api/v1/namespaces/shop/pods'
let server: ForwardingServer
let client: ApiClient
let said: string[]
let running: PortForward[]
let backends: net.Server[]
let stop: AbortController

beforeEach(() => {
  said = []
  running = []
  backends = []
  stop = new AbortController()
})
afterEach(async () => {
  stop.abort()
  await Promise.all(running.map((each) => each.close()))
  client.close()
  await server.stop()
  await Promise.all(backends.map((each) => new Promise((resolve) => each.close(resolve))))
})

async function serverWith(options: ForwardingOptions = {}): Promise<void> {
  server = await startForwardingServer(options)
  client = await createClient(
    {
      server: server.url,
      insecureSkipTlsVerify: false,
      disableCompression: true,
      context: 'test',
      namespace: 'shop',
      inCluster: false,
    },
    { userAgent: 'test', retries: { times: 1, first: 10, longest: 50 } },
  )
}

const pod = (name: string, uid = name, extra: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', uid, labels: { app: 'web' }, ...(extra.metadata as JsonObject) },
  spec: { nodeName: 'n', containers: [{ name: 'c', ports: [{ name: 'http', containerPort: 80 }] }] },
  status: {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' }],
    ...(extra.status as JsonObject),
  },
})

/** A program in a pod. */
async function program(where: string, serve: (socket: net.Socket) => void): Promise<void> {
  const each = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined)
    serve(socket)
  })
  backends.push(each)
  await new Promise<void>((resolve) => each.listen(0, '127.0.0.1', resolve))
  server.backends.set(where, (each.address() as net.AddressInfo).port)
}
const echo = (socket: net.Socket): void => void socket.pipe(socket)

async function forward(
  target: string,
  ports: string[],
  options: Partial<PortForwardOptions> = {},
): Promise<PortForward> {
  const started = await startPortForward({
    cluster: client,
    namespace: 'shop',
    target: parseTarget(target),
    ports: ports.map(splitPort),
    addresses: listenAddresses(['127.0.0.1']),
    podTimeout: 2000,
    reconnectTimeout: 5000,
    transport: 'auto',
    say: (text) => said.push(text),
    onListening: (text) => said.push(text),
    signal: stop.signal,
    ...options,
  })
  running.push(started)
  return started
}

function talk(port: number, text: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: '127.0.0.1', port, allowHalfOpen: true })
    let answer = ''
    socket.on('data', (chunk) => (answer += chunk.toString()))
    socket.on('end', () => resolve(answer))
    socket.on('error', reject)
    socket.end(text)
  })
}

describe('forwarding ports', () => {
  it.each<[string, ForwardingOptions, string[]]>([
    ['a websocket', {}, ['GET']],
    ['a plain upgrade where the server knows no websocket', { noWebSockets: true }, ['GET', 'POST']],
  ])('goes through %s', async (_name, options, methods) => {
    await serverWith(options)
    server.put(`${PODS}/web-0`, pod('web-0'))
    await program('web-0:80', echo)
    const { listening } = await forward('pod/web-0', [':80'])
    expect(said).toEqual([`Forwarding from 127.0.0.1:${listening[0]!.port} -> 80`])
    expect(await talk(listening[0]!.port, 'hello')).toBe('hello')
    const upgrades = server.asked.filter((each) => each.endsWith('/portforward'))
    expect(upgrades).toEqual(methods.map((method) => `${method} ${PODS}/web-0/portforward`))
  })

  it('finds the pod and the port behind a service, by name and by number', async () => {
    await serverWith()
    server.put('/api/v1/namespaces/shop/services/web', {
      metadata: { name: 'web' },
      spec: {
        selector: { app: 'web' },
        clusterIP: '10.0.0.1',
        ports: [{ name: 'front', port: 8080, targetPort: 'http' }],
      },
    })
    server.put(`${PODS}/sick`, pod('sick', 'sick', { status: { conditions: [] } }))
    server.put(`${PODS}/web-0`, pod('web-0'))
    await program('web-0:80', echo)
    const { listening } = await forward('svc/web', [':front', ':8080'])
    expect(listening.map(({ remote }) => remote)).toEqual([80, 80])
    expect(await Promise.all(listening.map(({ port }) => talk(port, 'x')))).toEqual(['x', 'x'])
  })

  it('keeps halves apart: what is sent after the client has closed its half arrives', async () => {
    await serverWith()
    server.put(`${PODS}/web-0`, pod('web-0'))
    await program('web-0:80', (socket) => {
      let asked = ''
      socket.on('data', (chunk) => (asked += chunk.toString()))
      socket.on('end', () => setTimeout(() => socket.end(`heard ${asked.length}`), 50))
    })
    const { listening } = await forward('pod/web-0', [':80'])
    expect(await talk(listening[0]!.port, Buffer.alloc(3_000_000))).toBe('heard 3000000')
  })

  it('carries 200 connections at once', async () => {
    await serverWith()
    server.put(`${PODS}/web-0`, pod('web-0'))
    await program('web-0:80', echo)
    const { listening } = await forward('pod/web-0', [':80'])
    const texts = Array.from({ length: 200 }, (_, index) => `${index} `.repeat(1000))
    expect(await Promise.all(texts.map((text) => talk(listening[0]!.port, text)))).toEqual(texts)
  })

  it('stops the pod when a client does not read, and serves the others meanwhile', async () => {
    await serverWith()
    server.put(`${PODS}/web-0`, pod('web-0'))
    let sent = 0
    await program('web-0:80', (socket) => {
      socket.once('data', (word) => {
        if (word.toString() === 'small') return void socket.end('here')
        const more = (): void => {
          while (sent < 500_000_000) {
            sent += 65_536
            if (!socket.write(Buffer.alloc(65_536))) return void socket.once('drain', more)
          }
        }
        more()
      })
    })
    const { listening } = await forward('pod/web-0', [':80'])
    const { port } = listening[0]!
    const slow = net.connect({ host: '127.0.0.1', port })
    slow.pause().write('large')
    await expect
      .poll(
        async () => {
          const before = sent
          await sleep(200)
          return sent > 0 && sent === before
        },
        { timeout: 10_000 },
      )
      .toBe(true)
    expect(sent).toBeLessThan(50_000_000)
    expect(await talk(port, 'small')).toBe('here')
    slow.destroy()
  })

  it('says why a connection failed, and goes on', async () => {
    await serverWith()
    server.put(`${PODS}/web-0`, pod('web-0'))
    await program('web-0:80', echo)
    const { listening } = await forward('pod/web-0', [':80', ':81'])
    await expect(talk(listening[1]!.port, 'x')).rejects.toThrow()
    await expect.poll(() => said.at(-1)).toMatch(/-> 81 \(pod web-0\): failed to connect to localhost:81/)
    expect(await talk(listening[0]!.port, 'still')).toBe('still')
  })

  it('opens a tunnel again that was cut', async () => {
    await serverWith()
    server.put(`${PODS}/web-0`, pod('web-0'))
    await program('web-0:80', echo)
    const { listening } = await forward('pod/web-0', [':80'])
    server.cutTunnels()
    await expect.poll(() => said.at(-1)).toMatch(/connection to pod web-0 was lost/)
    expect(await talk(listening[0]!.port, 'again')).toBe('again')
  })

  it('goes on to the pod that takes the place of another, and says so', async () => {
    await serverWith()
    server.put('/apis/apps/v1/namespaces/shop/deployments/web', {
      metadata: { name: 'web' },
      spec: { selector: { matchLabels: { app: 'web' } } },
    })
    server.put(`${PODS}/web-a`, pod('web-a'))
    await program('web-a:80', (socket) => void socket.end('a'))
    await program('web-b:80', (socket) => void socket.end('b'))
    const { listening } = await forward('deploy/web', [':http'])
    const { port } = listening[0]!
    expect(await talk(port, '')).toBe('a')
    server.put(
      `${PODS}/web-a`,
      pod('web-a', 'web-a', { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }),
    )
    await expect
      .poll(() => said.at(-1))
      .toMatch(/waiting for a running pod of deployment\/web \(status: being deleted\)/)
    const waiting = talk(port, '')
    server.delete(`${PODS}/web-a`)
    server.put(`${PODS}/web-b`, pod('web-b', 'web-b', { status: { phase: 'Pending', conditions: [] } }))
    await sleep(50)
    server.put(`${PODS}/web-b`, pod('web-b'))
    expect(await waiting).toBe('b')
    expect(said).toContain('pod web-a is being deleted; looking for the pod that takes its place')
    expect(said).toContain('forwarding to pod web-b now')
  })

  it('waits for a pod of the same name', async () => {
    await serverWith()
    server.put(`${PODS}/web-0`, pod('web-0', 'one'))
    await program('web-0:80', echo)
    const { listening } = await forward('pod/web-0', [':80'])
    server.delete(`${PODS}/web-0`)
    await expect.poll(() => said.at(-1)).toMatch(/waiting for a running pod of pod\/web-0 \(there is none\)/)
    server.put(`${PODS}/web-0`, pod('web-0', 'two'))
    expect(await talk(listening[0]!.port, 'back')).toBe('back')
  })

  it('ends with its pod when it is told not to go on', async () => {
    await serverWith()
    server.put(`${PODS}/web-0`, pod('web-0'))
    const { ended } = await forward('pod/web-0', [':80'], { reconnectTimeout: 0 })
    server.delete(`${PODS}/web-0`)
    expect((await ended)?.message).toBe('lost connection to pod: web-0 was deleted')
  })

  it('ends when no pod takes the place in time', async () => {
    await serverWith()
    server.put(`${PODS}/web-0`, pod('web-0'))
    const { ended, listening } = await forward('pod/web-0', [':80'], { reconnectTimeout: 200 })
    server.delete(`${PODS}/web-0`)
    await expect(talk(listening[0]!.port, 'x')).rejects.toThrow()
    expect((await ended)?.message).toMatch(/no pod of pod\/web-0 is running/)
  })

  it.each<[string, ForwardingOptions, string, string[], RegExp]>([
    ['a pod that is not there', {}, 'pod/none', ['80'], /404 NotFound/],
    [
      'a named port that is not there',
      {},
      'pod/web-0',
      ['x'],
      /does not have a named port 'x'; it has http \(80\)/,
    ],
    ['a server that forbids it', { forbidden: true }, 'pod/web-0', ['80'], /403/],
  ])('refuses %s', async (_name, options, target, ports, message) => {
    await serverWith(options)
    server.put(`${PODS}/web-0`, pod('web-0'))
    await expect(forward(target, ports)).rejects.toThrow(message)
  })

  it('says which pod is not running after the time that it waits', async () => {
    await serverWith()
    server.put(`${PODS}/web-0`, pod('web-0', 'web-0', { status: { phase: 'Pending' } }))
    await expect(forward('web-0', ['80'], { podTimeout: 100 })).rejects.toThrow(
      'no pod of pod/web-0 is running (status: Pending) after 0.1 s',
    )
    expect(said).toEqual(['waiting for a running pod of pod/web-0 (status: Pending)'])
  })

  it('says which local port is taken', async () => {
    await serverWith()
    server.put(`${PODS}/web-0`, pod('web-0'))
    const { listening } = await forward('web-0', [':80'])
    await expect(forward('web-0', [`${listening[0]!.port}:80`])).rejects.toThrow(/unable to listen on any/)
    expect(said.at(-1)).toMatch(/EADDRINUSE/)
  })
})
