import { once } from 'node:events'
import net from 'node:net'
import { Duplex, PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { joinSockets } from './join-sockets.js'
import type { RemoteConnection } from './tunnel.js'

interface Remote {
  /** What the pod has sent. */
  readonly fromPod: PassThrough
  readonly error: PassThrough
  readonly data: Duplex
  readonly toPod: Buffer[]
  readonly connection: RemoteConnection
}

/** The two streams of a connection, of which both ends are held here. */
function remoteSide(): Remote {
  const fromPod = new PassThrough()
  const error = new PassThrough()
  const toPod: Buffer[] = []
  const data = Duplex.from({
    readable: fromPod,
    writable: new PassThrough().on('data', (chunk: Buffer) => toPod.push(chunk)),
  })
  return { fromPod, error, data, toPod, connection: { data, error } as unknown as RemoteConnection }
}

let server: net.Server
let client: net.Socket
let local: net.Socket

beforeEach(async () => {
  server = net.createServer({ allowHalfOpen: true })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const accepted = once(server, 'connection') as Promise<[net.Socket]>
  client = net.connect({
    port: (server.address() as net.AddressInfo).port,
    host: '127.0.0.1',
    allowHalfOpen: true,
  })
  ;[local] = await accepted
})
afterEach(async () => {
  client.destroy()
  local.destroy()
  await new Promise((resolve) => server.close(resolve))
})

describe('a local connection and one to a pod', () => {
  it('ends regularly when both halves have ended, with all bytes', async () => {
    const remote = remoteSide()
    const done = joinSockets(local, remote.connection)
    let received = ''
    client.on('data', (chunk) => (received += chunk.toString()))
    client.end('question')
    await expect.poll(() => Buffer.concat(remote.toPod).toString()).toBe('question')
    remote.fromPod.end('answer')
    remote.error.end()
    expect(await done).toBeUndefined()
    await once(client, 'end')
    expect(received).toBe('answer')
  })

  it('is reset, with the reason, when the other side says what went wrong', async () => {
    const remote = remoteSide()
    const done = joinSockets(local, remote.connection)
    const failed = new Promise<string | undefined>((resolve) =>
      client.on('error', (error: NodeJS.ErrnoException) => resolve(error.code)),
    )
    remote.error.end('connection refused')
    expect(await done).toBe('connection refused')
    expect(await failed).toBe('ECONNRESET')
  })

  it('lets go of the pod when the local program goes away', async () => {
    const remote = remoteSide()
    const done = joinSockets(local, remote.connection)
    client.resetAndDestroy()
    expect(await done).toBeUndefined()
    expect(remote.data.destroyed).toBe(true)
  })

  // Node v20 lib/net.js: a reset of a handle that is shutting down fails with EINVAL and leaves it open for good.
  it('is closed when it fails while it is ending already, with no handle left that holds the process', async () => {
    const remote = remoteSide()
    const failures: Error[] = []
    local.on('error', (error) => failures.push(error))
    const closed = once(local, 'close')
    const done = joinSockets(local, remote.connection)
    local.end()
    remote.data.destroy(new Error('the tunnel is gone'))
    expect(await done).toBe('the tunnel is gone')
    await closed
    expect(failures).toEqual([])
  })
})
