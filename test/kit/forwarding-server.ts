import http from 'node:http'
import net from 'node:net'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, WebSocketServer } from 'ws'
import type { JsonObject } from '../../src/model/index.js'
import { SpdyConnection, type SpdyStream } from '../../src/spdy/index.js'

const OVER_WEBSOCKET = 'SPDY/3.1+portforward.k8s.io'

export interface ForwardingServer {
  readonly url: string
  /** Where each port of each pod leads to: `web-0:80` -> a local port. */
  readonly backends: Map<string, number>
  /** Requests as they came: `GET /path`. */
  readonly asked: string[]
  /** Puts an object at its path, and tells the watchers of pods. */
  put(path: string, object: JsonObject): void
  delete(path: string): void
  /** Cuts every tunnel, as a load balancer does. */
  cutTunnels(): void
  /** Ends everything. */
  stop(): Promise<void>
}

export interface ForwardingOptions {
  /** Answers a websocket with 400, as servers before 1.30 do. */
  readonly noWebSockets?: boolean
  /** Answers every upgrade with 403. */
  readonly forbidden?: boolean
}

/** An API server as far as forwarding ports needs one: objects, lists, watches of pods, and tunnels to local ports. */
export async function startForwardingServer(options: ForwardingOptions = {}): Promise<ForwardingServer> {
  const objects = new Map<string, JsonObject>()
  const backends = new Map<string, number>()
  const asked: string[] = []
  const tunnels = new Set<Duplex>()
  const watchers = new Set<{ readonly url: URL; readonly send: (event: object) => void }>()
  let version = 1

  const history: {
    readonly version: number
    readonly type: string
    readonly path: string
    readonly object: JsonObject
  }[] = []
  const versioned = (object: JsonObject): JsonObject => ({
    ...object,
    metadata: { ...(object.metadata as JsonObject), resourceVersion: String(version) },
  })
  const tell = (type: string, path: string, given: JsonObject): void => {
    const object = versioned(given)
    history.push({ version, type, path, object })
    for (const { url, send } of watchers) {
      if (path.startsWith(`${url.pathname}/`) && selected(url, object)) send({ type, object })
    }
  }

  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://server')
    asked.push(`${request.method ?? ''} ${url.pathname}`)
    const object = objects.get(url.pathname)
    if (object !== undefined) return json(response, 200, object)
    if (!url.pathname.endsWith('/pods')) {
      return json(response, 404, {
        kind: 'Status',
        reason: 'NotFound',
        code: 404,
        message: `"${url.pathname}" not found`,
      })
    }
    const items = [...objects].filter(
      ([path, each]) => path.startsWith(`${url.pathname}/`) && selected(url, each),
    )
    if (url.searchParams.get('watch') !== 'true') {
      const list = { kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: String(version) } }
      return json(response, 200, { ...list, items: items.map(([, each]) => each) })
    }
    response.writeHead(200, { 'content-type': 'application/json' })
    response.flushHeaders()
    const watcher = { url, send: (event: object) => void response.write(`${JSON.stringify(event)}\n`) }
    const since = Number(url.searchParams.get('resourceVersion'))
    for (const { type, path, object: each } of history.filter((event) => event.version > since)) {
      if (path.startsWith(`${url.pathname}/`) && selected(url, each)) watcher.send({ type, object: each })
    }
    watchers.add(watcher)
    response.on('close', () => watchers.delete(watcher))
  })

  const sockets = new WebSocketServer({ noServer: true })
  // ws takes no subprotocol with a slash in its name.
  sockets.on('headers', (headers) => headers.push(`Sec-WebSocket-Protocol: ${OVER_WEBSOCKET}`))
  const serve = (transport: Duplex, pod: string): void => {
    tunnels.add(transport)
    transport.on('close', () => tunnels.delete(transport))
    transport.on('error', () => undefined)
    serveTunnel(transport, pod, backends)
  }
  server.on('upgrade', (request, socket, head) => {
    const pod = /\/pods\/([^/]+)\/portforward$/.exec(request.url ?? '')?.[1] ?? ''
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`)
    socket.on('error', () => undefined)
    const websocket = request.headers.upgrade?.toLowerCase() === 'websocket'
    if (options.forbidden === true || !objects.has((request.url ?? '').replace(/\/portforward$/, ''))) {
      return refuse(socket, options.forbidden === true ? 403 : 404, 'pods is forbidden or not found')
    }
    if (websocket && options.noWebSockets === true) {
      return refuse(socket, 400, 'query parameter "port" is required')
    }
    if (websocket) {
      delete request.headers['sec-websocket-protocol']
      return sockets.handleUpgrade(request, socket, head, (each) => serve(createWebSocketStream(each), pod))
    }
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n' +
        'X-Stream-Protocol-Version: portforward.k8s.io\r\n\r\n',
    )
    serve(socket, pod)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    backends,
    asked,
    put(path, object) {
      version += 1
      const type = objects.has(path) ? 'MODIFIED' : 'ADDED'
      objects.set(path, versioned(object))
      tell(type, path, object)
    },
    delete(path) {
      const object = objects.get(path)
      version += 1
      objects.delete(path)
      if (object !== undefined) tell('DELETED', path, object)
    },
    cutTunnels() {
      for (const tunnel of tunnels) tunnel.destroy()
    },
    async stop() {
      for (const tunnel of tunnels) tunnel.destroy()
      sockets.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function json(response: http.ServerResponse, status: number, object: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(object))
}

function refuse(socket: Duplex, code: number, message: string): void {
  const body = JSON.stringify({ kind: 'Status', code, message })
  socket.end(
    `HTTP/1.1 ${code} No\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  )
}

function selected(url: URL, object: JsonObject): boolean {
  const metadata = object.metadata as { name: string; labels?: Record<string, string> }
  const name = /^metadata\.name=(.*)$/.exec(url.searchParams.get('fieldSelector') ?? '')?.[1]
  const labels = (url.searchParams.get('labelSelector') ?? '').split(',').filter((each) => each !== '')
  return (
    (name === undefined || name === metadata.name) &&
    labels.every((each) => metadata.labels?.[each.split('=')[0] ?? ''] === each.split('=')[1])
  )
}

/** What a kubelet does: pairs the streams of a request and joins the data with a connection in the pod. */
function serveTunnel(transport: Duplex, pod: string, backends: ReadonlyMap<string, number>): void {
  const waiting = new Map<string, SpdyStream>()
  new SpdyConnection(transport, {
    role: 'server',
    onStream(stream) {
      stream.on('error', () => undefined)
      const [id = ''] = stream.headers.get('requestid') ?? []
      const other = waiting.get(id)
      if (other === undefined) return void waiting.set(id, stream)
      waiting.delete(id)
      const data = stream.headers.get('streamtype')?.[0] === 'data' ? stream : other
      const error = data === stream ? other : stream
      const [port = ''] = stream.headers.get('port') ?? []
      forward(data, error, port, backends.get(`${pod}:${port}`))
    },
  })
}

function forward(data: SpdyStream, error: SpdyStream, port: string, backend: number | undefined): void {
  error.resume()
  if (backend === undefined) {
    error.end(`failed to connect to localhost:${port} inside the pod: connection refused`)
    return void data.destroy()
  }
  const socket = net.connect({ host: '127.0.0.1', port: backend, allowHalfOpen: true, noDelay: true })
  socket.pipe(data)
  data.pipe(socket)
  socket.on('error', (reason) => error.end(`failed: ${reason.message}`))
  data.on('close', () => socket.destroy())
  socket.on('close', () => {
    error.end()
    if (!socket.readableEnded) data.destroy()
  })
}
