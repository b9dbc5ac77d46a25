import { Duplex, PassThrough } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { SpdyConnection, type SpdyOptions } from './connection.js'
import { FrameEncoder } from './frame-encoder.js'
import type { SpdyStream } from './stream.js'

/** Two ends of one line, with bounded buffers as a socket has. */
function line(): [Duplex, Duplex] {
  const there = new PassThrough({ highWaterMark: 64 * 1024 })
  const back = new PassThrough({ highWaterMark: 64 * 1024 })
  return [Duplex.from({ readable: back, writable: there }), Duplex.from({ readable: there, writable: back })]
}

interface Pair {
  readonly client: SpdyConnection
  readonly server: SpdyConnection
  readonly wires: [Duplex, Duplex]
  readonly accepted: SpdyStream[]
}

function pair(onStream?: (stream: SpdyStream) => void, options: Partial<SpdyOptions> = {}): Pair {
  const accepted: SpdyStream[] = []
  const wires = line()
  for (const wire of wires) wire.on('error', () => undefined)
  const client = new SpdyConnection(wires[0], { role: 'client', ...options })
  const server = new SpdyConnection(wires[1], {
    role: 'server',
    onStream: (stream) => {
      stream.on('error', () => undefined)
      accepted.push(stream)
      onStream?.(stream)
    },
  })
  return { client, server, wires, accepted }
}

const headers = (port = '80') => new Map([['port', [port]]])
/** Reads to the end and leaves the other half as it is, which `for await` would not. */
function readAll(stream: Duplex): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    stream.on('data', (chunk) => (text += String(chunk)))
    stream.on('end', () => resolve(text))
    stream.on('error', reject)
  })
}
const echo = (stream: SpdyStream) => void stream.pipe(stream)

describe('a SPDY connection', () => {
  it('carries a stream both ways, with its headers', async () => {
    const { client, accepted } = pair(echo)
    const stream = await client.openStream(headers('8080'))
    stream.end('hello')
    expect(await readAll(stream)).toBe('hello')
    expect(accepted[0]!.headers).toEqual(headers('8080'))
  })

  it('keeps one half open when the other is closed', async () => {
    const { client } = pair((stream) => {
      void readAll(stream).then(async (asked) => {
        await sleep(20)
        stream.end(`you said ${asked}`)
      })
    })
    const stream = await client.openStream(headers())
    stream.end('all of it')
    expect(await readAll(stream)).toBe('you said all of it')
  })

  it('keeps our half open when the other side has closed its own', async () => {
    let heard = ''
    const { client } = pair((stream) => {
      stream.end('that was all')
      stream.on('data', (chunk) => (heard += String(chunk)))
    })
    const stream = await client.openStream(headers())
    expect(await readAll(stream)).toBe('that was all')
    stream.write('still ')
    stream.end('talking')
    await expect.poll(() => heard).toBe('still talking')
  })

  it('carries many streams at once and forgets those that ended', async () => {
    const { client, server } = pair(echo)
    const texts = Array.from({ length: 300 }, (_, index) => `${index}:`.repeat(2000))
    const answers = await Promise.all(
      texts.map(async (text) => {
        const stream = await client.openStream(headers())
        stream.end(text)
        return readAll(stream)
      }),
    )
    expect(answers).toEqual(texts)
    await expect.poll(() => client.size + server.size).toBe(0)
  })

  it('moves 64 MB without holding them', async () => {
    const total = 64 * 1024 * 1024
    const { client } = pair((stream) => {
      let left = total
      const more = (): void => {
        while (left > 0) {
          left -= 32 * 1024
          if (!stream.write(Buffer.alloc(32 * 1024))) return void stream.once('drain', more)
        }
        stream.end()
      }
      more()
    })
    const stream = await client.openStream(headers())
    let seen = 0
    let most = 0
    for await (const chunk of stream) {
      seen += (chunk as Buffer).length
      most = Math.max(most, stream.readableLength)
      if (seen % (1024 * 1024) === 0) await sleep(0)
    }
    expect(seen).toBe(total)
    expect(most).toBeLessThan(1024 * 1024)
  })

  it('stops the sender when nobody reads, and goes on when somebody does', async () => {
    let sent = 0
    const { client } = pair((stream) => {
      const more = (): void => {
        while (sent < 100 * 1024 * 1024) {
          sent += 64 * 1024
          if (!stream.write(Buffer.alloc(64 * 1024))) return void stream.once('drain', more)
        }
      }
      more()
    })
    const stream = await client.openStream(headers())
    await sleep(100)
    const before = sent
    expect(client.stalled).toBe(true)
    expect(before).toBeLessThan(4 * 1024 * 1024)
    await sleep(50)
    expect(sent).toBe(before)
    stream.resume()
    await expect.poll(() => sent).toBeGreaterThan(before + 1024 * 1024)
    stream.destroy()
    await expect.poll(() => client.stalled).toBe(false)
  })

  it('stops our writer when the other side does not read', async () => {
    const { client, accepted } = pair()
    const stream = await client.openStream(headers())
    stream.on('error', () => undefined)
    let written = 0
    const more = (): void => {
      while (written < 1000) {
        written++
        if (!stream.write(Buffer.alloc(64 * 1024))) return void stream.once('drain', more)
      }
    }
    more()
    await sleep(100)
    expect(stream.writableNeedDrain).toBe(true)
    expect(written).toBeLessThan(50)
    accepted[0]!.resume()
    await expect.poll(() => written).toBe(1000)
    client.close()
  })

  it('resets a stream that is destroyed, and hears of resets', async () => {
    const { client, accepted } = pair()
    const ours = await client.openStream(headers())
    const theirs = await client.openStream(headers())
    const heard = new Promise<Error>((resolve) => theirs.on('error', resolve))
    ours.destroy()
    await expect.poll(() => accepted[0]!.destroyed).toBe(true)
    accepted[1]!.destroy()
    expect((await heard).message).toContain('CANCEL')
    // The connection itself goes on.
    expect(await client.ping()).toBeGreaterThanOrEqual(0)
  })

  it('answers pings both ways', async () => {
    const { client, server } = pair()
    expect(await Promise.all([client.ping(), server.ping(), client.ping()])).toHaveLength(3)
  })

  it('says who does not answer to a new stream', async () => {
    const wire = line()[0]
    const client = new SpdyConnection(wire, { role: 'client', replyTimeout: 20 })
    await expect(client.openStream(headers())).rejects.toThrow(/did not answer/)
    expect(client.size).toBe(0)
  })

  it('refuses streams when it takes none', async () => {
    const { server } = pair()
    await expect(server.openStream(headers())).rejects.toThrow(/REFUSED_STREAM/)
  })

  it('ends for both when one says goodbye', async () => {
    const { client, server } = pair()
    const stream = await client.openStream(headers())
    const lost = new Promise<Error>((resolve) => stream.on('error', resolve))
    server.close()
    expect(await server.ended).toBeUndefined()
    expect(await client.ended).toBeUndefined()
    expect((await lost).message).toContain('ended')
    await expect(client.openStream(headers())).rejects.toThrow(/no new streams/)
  })

  it.each<[string, (wire: Duplex) => void, RegExp]>([
    ['cut', (wire) => void wire.destroy(), /closed the connection|aborted/],
    ['ended', (wire) => void wire.end(), /closed the connection/],
    ['ended within a frame', (wire) => void wire.end(Buffer.from([0x80, 3])), /within a frame/],
    ['filled with noise', (wire) => void wire.write(Buffer.from('80020001000000ff', 'hex')), /version 2/],
    [
      'used out of turn',
      (wire) =>
        void wire.write(
          new FrameEncoder().encode({
            type: 'syn-stream',
            streamId: 3,
            associatedTo: 0,
            priority: 0,
            fin: false,
            unidirectional: false,
            headers: headers(),
          }),
        ),
      /out of turn/,
    ],
  ])('tells every stream when the line is %s', async (_name, harm, message) => {
    const [near, far] = line()
    near.on('error', () => undefined)
    far.on('error', () => undefined)
    const client = new SpdyConnection(near, { role: 'client' })
    const opening = client.openStream(headers())
    const pinging = client.ping()
    const caught = Promise.all([expect(opening).rejects.toThrow(), expect(pinging).rejects.toThrow()])
    harm(far)
    expect((await client.ended)?.message).toMatch(message)
    await caught
    await expect(client.openStream(headers())).rejects.toThrow()
  })

  it('does not mind frames for streams that are gone', async () => {
    const [near, far] = line()
    const client = new SpdyConnection(near, { role: 'client' })
    const encoder = new FrameEncoder()
    for (const frame of [
      { type: 'data', streamId: 99, fin: true, data: Buffer.from('late') },
      { type: 'rst-stream', streamId: 99, status: 5 },
      { type: 'headers', streamId: 99, fin: true, headers: headers() },
      { type: 'syn-reply', streamId: 99, fin: false, headers: headers() },
      { type: 'window-update', streamId: 0, delta: 10 },
      { type: 'settings', clear: false, entries: [{ id: 7, flags: 0, value: 65_536 }] },
      { type: 'ping', id: 1 },
    ] as const) {
      far.write(encoder.encode(frame))
    }
    await sleep(10)
    expect(client.open).toBe(true)
    client.close()
  })
})
