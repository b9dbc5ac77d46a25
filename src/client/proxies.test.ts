import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import net, { type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { configFor, json, startServer, type TestServer } from '../../test/kit/api-server.js'
import { makeCertificates, type CertificateFiles } from '../../test/kit/certificates.js'
import { createClient } from './index.js'

let folder: string
let files: CertificateFiles
let server: TestServer
const opened: Server[] = []
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'rampart-proxies-'))
  files = await makeCertificates(folder)
  server = await startServer(
    ({ headers }, response) => json(response, 200, { authorization: headers.authorization }),
    files,
  )
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})
afterEach(() => {
  for (const each of opened.splice(0)) each.close()
})

const portOf = (listening: Server): number => (listening.address() as AddressInfo).port
const listen = (started: Server): Promise<Server> =>
  new Promise((resolve) => {
    opened.push(started)
    started.listen(0, '127.0.0.1', () => resolve(started))
  })

/** A proxy that tunnels, and keeps what it was asked. */
async function connectProxy(asked: string[], refuse = false): Promise<string> {
  const proxy = http.createServer()
  proxy.on('connect', (request, socket, head) => {
    asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim())
    if (refuse) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    const [host, port] = (request.url ?? '').split(':')
    const target = net.connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      target.write(head)
      target.pipe(socket)
      socket.pipe(target)
    })
    target.on('error', () => socket.destroy())
    socket.on('error', () => target.destroy())
  })
  return `http://user:pass@127.0.0.1:${portOf(await listen(proxy))}`
}

/** As much of SOCKS5 (RFC 1928) as a tunnel takes: no authentication, CONNECT by name or address. */
async function socksProxy(asked: string[]): Promise<string> {
  const proxy = net.createServer((socket) => {
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]))
      socket.once('data', (request: Buffer) => {
        const isName = request[3] === 3
        const length = isName ? request[4]! : 4
        const at = isName ? 5 : 4
        const host = isName
          ? request.toString('latin1', at, at + length)
          : [...request.subarray(at, at + 4)].join('.')
        const port = request.readUInt16BE(at + length)
        asked.push(`${isName ? 'name' : 'address'} ${host}:${port}`)
        const target = net.connect(port, '127.0.0.1', () => {
          socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
          target.pipe(socket)
          socket.pipe(target)
        })
        target.on('error', () => socket.destroy())
        socket.on('error', () => target.destroy())
      })
    })
  })
  return `socks5://127.0.0.1:${portOf(await listen(proxy))}`
}

const ask = async (url: string, proxyUrl: string): Promise<unknown> => {
  const client = await createClient(configFor(url, files, { proxyUrl, token: 'abc' }), { userAgent: 'test' })
  try {
    return await client.getJson('/version')
  } finally {
    client.close()
  }
}

describe('proxies', () => {
  it('a CONNECT proxy sees the address, and no credential of the server', async () => {
    const asked: string[] = []
    expect(await ask(server.url, await connectProxy(asked))).toEqual({ authorization: 'Bearer abc' })
    const basic = `Basic ${Buffer.from('user:pass').toString('base64')}`
    expect(asked).toEqual([`${server.url.slice('https://'.length)} ${basic}`])
  })

  it('a SOCKS5 proxy looks names up itself', async () => {
    const asked: string[] = []
    const url = server.url.replace('127.0.0.1', 'localhost')
    expect(await ask(url, await socksProxy(asked))).toEqual({ authorization: 'Bearer abc' })
    expect(asked).toEqual([`name ${url.slice('https://'.length)}`])
  })

  it('a proxy that refuses, and one that is not there, end in an error', async () => {
    await expect(ask(server.url, await connectProxy([], true))).rejects.toThrow(
      /the proxy makes no tunnel: 403 Forbidden$/,
    )
    await expect(ask(server.url, 'http://127.0.0.1:1')).rejects.toThrow(/nothing listens there/)
    await expect(ask(server.url, 'socks5://127.0.0.1:1')).rejects.toMatchObject({ code: 'unreachable' })
  })
})

describe('websockets', () => {
  it('are opened with the credentials and one of the subprotocols', async () => {
    const plain = http.createServer()
    const sockets = new WebSocketServer({
      server: plain,
      handleProtocols: (offered) => [...offered][1] ?? false,
    })
    let path = ''
    sockets.on('connection', (socket, request) => {
      path = request.url ?? ''
      socket.send('hello')
    })
    await listen(plain)
    const client = await createClient(configFor(`http://127.0.0.1:${portOf(plain)}/prefix`), {
      userAgent: 'test',
    })
    const socket = await client.upgrade('/api/v1/x', ['a', 'b'], { ports: 80 })
    const [message] = await new Promise<unknown[]>((resolve) =>
      socket.once('message', (...all) => resolve(all)),
    )
    expect(String(message)).toBe('hello')
    expect(socket.protocol).toBe('b')
    expect(path).toBe('/prefix/api/v1/x?ports=80')
    socket.close()
    sockets.close()
  })

  it('that are refused end in what the server says', async () => {
    const refusing = await startServer((_seen, response) =>
      json(response, 403, { kind: 'Status', reason: 'Forbidden', message: 'not yours' }),
    )
    const client = await createClient(configFor(refusing.url), { userAgent: 'test' })
    await expect(client.upgrade('/api/v1/x', ['a'])).rejects.toThrow(
      'websocket /api/v1/x: the server answered 403 Forbidden: not yours',
    )
    await refusing.stop()
  })
})
