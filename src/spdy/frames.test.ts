import fc from 'fast-check'
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { FrameDecoder } from './frame-decoder.js'
import { FrameEncoder } from './frame-encoder.js'
import type { Frame, SpdyHeaders } from './frame.js'
import { decodeHeaders, encodeHeaders, HeaderCompressor, HeaderDecompressor } from './header-block.js'
import { HEADER_DICTIONARY } from './header-dictionary.js'

const id = fc.integer({ min: 1, max: 0x7f_ff_ff_ff })
const word = fc.integer({ min: 0, max: 0xff_ff_ff_ff })
const headers: fc.Arbitrary<SpdyHeaders> = fc
  .array(
    fc.tuple(
      fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
      fc.array(fc.stringMatching(/^[ -~é]{0,300}$/), { minLength: 1, maxLength: 3 }),
    ),
    { maxLength: 6 },
  )
  .map((entries) => new Map(entries))
const frame: fc.Arbitrary<Frame> = fc.oneof(
  fc.record({
    type: fc.constant('data' as const),
    streamId: id,
    fin: fc.boolean(),
    data: fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
  }),
  fc.record({
    type: fc.constant('syn-stream' as const),
    streamId: id,
    associatedTo: fc.integer({ min: 0, max: 0x7f_ff_ff_ff }),
    priority: fc.integer({ min: 0, max: 7 }),
    fin: fc.boolean(),
    unidirectional: fc.boolean(),
    headers,
  }),
  fc.record({
    type: fc.constantFrom('syn-reply' as const, 'headers' as const),
    streamId: id,
    fin: fc.boolean(),
    headers,
  }),
  fc.record({ type: fc.constant('rst-stream' as const), streamId: id, status: word }),
  fc.record({
    type: fc.constant('settings' as const),
    clear: fc.boolean(),
    entries: fc.array(
      fc.record({
        id: fc.integer({ min: 0, max: 0xff_ff_ff }),
        flags: fc.integer({ min: 0, max: 255 }),
        value: word,
      }),
      { maxLength: 5 },
    ),
  }),
  fc.record({ type: fc.constant('ping' as const), id: word }),
  fc.record({ type: fc.constant('goaway' as const), lastGoodStreamId: id, status: word }),
  fc.record({
    type: fc.constant('window-update' as const),
    streamId: id,
    delta: fc.integer({ min: 0, max: 0x7f_ff_ff_ff }),
  }),
)

function decode(pieces: readonly Buffer[]): Frame[] {
  const frames: Frame[] = []
  const decoder = new FrameDecoder((next) => frames.push(next))
  for (const piece of pieces) decoder.push(piece)
  expect(decoder.atBoundary).toBe(true)
  return frames
}

/** Data of one stream that follows its data is one piece: where it is cut means nothing. */
function joined(frames: readonly Frame[]): Frame[] {
  const result: Frame[] = []
  for (const next of frames) {
    const last = result.at(-1)
    if (next.type === 'data' && last?.type === 'data' && last.streamId === next.streamId && !last.fin) {
      result[result.length - 1] = { ...next, data: Buffer.concat([last.data, next.data]) }
    } else result.push(next)
  }
  return result
}

function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = [...new Set(at.map((each) => each % (bytes.length + 1)))].sort((a, b) => a - b)
  return [0, ...places].map((from, index) => bytes.subarray(from, places[index] ?? bytes.length))
}

/** Written by the framer of github.com/moby/spdystream v0.5.0, which the kubelet and the API server use. */
const FROM_GO =
  '80030001000000290000000100000000000078f9e3c6a7c26260606004a7b392a2d4c45c6851c29a0a0a6800000000ffff800300010100001600' +
  '000003000000000000c22a052a651201000000ffff800300020000000e000000026260606000000000ffff000000030100000568656c6c6f800300030000' +
  '00080000000300000005800300040000000c000000010100000700010000800300060000000400000005800300080000001000000003c22e9b9b' +
  '5f940a000000ffff800300090000000800000003000003e880030007000000080000000300000000'

describe('frames', () => {
  it('are read as Go writes them', () => {
    const streamType = (kind: string) => new Map([['streamtype', [kind]]])
    const opened = { type: 'syn-stream', associatedTo: 0, priority: 0, unidirectional: false }
    expect(decode([Buffer.from(FROM_GO, 'hex')])).toEqual([
      { ...opened, streamId: 1, fin: false, headers: streamType('error') },
      { ...opened, streamId: 3, fin: true, headers: streamType('data') },
      { type: 'syn-reply', streamId: 2, fin: false, headers: new Map() },
      { type: 'data', streamId: 3, fin: true, data: Buffer.from('hello') },
      { type: 'rst-stream', streamId: 3, status: 5 },
      { type: 'settings', clear: false, entries: [{ id: 7, flags: 1, value: 65_536 }] },
      { type: 'ping', id: 5 },
      { type: 'headers', streamId: 3, fin: false, headers: streamType('more') },
      { type: 'window-update', streamId: 3, delta: 1000 },
      { type: 'goaway', lastGoodStreamId: 3, status: 0 },
    ])
  })

  it('come back as they were, however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(frame, { maxLength: 12 }),
        fc.array(fc.nat(100_000), { maxLength: 20 }),
        (frames, at) => {
          const encoder = new FrameEncoder()
          const encoded = frames.map((each) => encoder.encode(each))
          expect(joined(decode(cut(Buffer.concat(encoded), at)))).toEqual(joined(frames))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('are the same when they come one byte at a time and all at once', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 6 }), (frames) => {
        const encoder = new FrameEncoder()
        const bytes = Buffer.concat(frames.map((each) => encoder.encode(each)))
        const seen: Frame[] = []
        new FrameDecoder((next) => seen.push(next)).push(bytes)
        expect(seen).toEqual(frames)
        expect(joined(decode(Array.from(bytes, (byte) => Buffer.of(byte))))).toEqual(joined(frames))
      }),
      { numRuns: 50 },
    )
  })

  it('never throw anything but a SpdyError, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }),
        fc.boolean(),
        (pieces, control) => {
          const decoder = new FrameDecoder(() => undefined)
          try {
            if (control) decoder.push(Buffer.from([0x80, 3, 0]))
            for (const piece of pieces) decoder.push(Buffer.from(piece))
          } catch (error) {
            expect((error as Error).name).toBe('SpdyError')
          }
        },
      ),
      { numRuns: 1000 },
    )
  })

  const bad = (hex: string) => () =>
    new FrameDecoder(() => undefined).push(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
  it.each([
    ['data for stream 0', '00000000 00000001 61', /stream 0/],
    ['another version', '80020006 00000004 00000001', /version 2/],
    ['HTTP instead of SPDY', Buffer.from('HTTP/1.1 400 Bad Request').toString('hex'), undefined],
    ['a control frame of 16 MiB', '80030001 00ffffff', /16777215 bytes/],
    ['a short SYN_STREAM', '80030001 00000004 00000001', /only 4 bytes/],
    ['a short SYN_REPLY', '80030002 00000002 0000', /only 2 bytes/],
    ['SYN_REPLY for stream 0', '80030002 00000008 00000000 0000ffff', /stream 0/],
    ['RST_STREAM for stream 0', '80030003 00000008 00000000 00000001', /stream 0/],
    ['a long PING', '80030006 00000005 0000000100', /5 bytes, not 4/],
    ['a short GOAWAY', '80030007 00000004 00000001', /4 bytes, not 8/],
    ['SETTINGS that promise more', '80030004 00000004 00000009', /not 76/],
    ['headers that are not flushed', '80030002 00000008 00000001 01020304', /not flushed/],
    [
      'headers that are not compressed',
      '80030002 0000000c 00000001 01020304 0000ffff',
      /cannot be decompressed/,
    ],
  ])('refuses %s', (_name, hex, message) => {
    if (message === undefined) expect(bad(hex)).not.toThrow(TypeError)
    else expect(bad(hex)).toThrow(message)
  })

  it('skips control frames of types that nobody knows', () => {
    expect(decode([Buffer.from('8003000b00000002000080030006000000040000002a', 'hex')])).toEqual([
      { type: 'ping', id: 42 },
    ])
  })

  it('passes the data of a large frame on without collecting it', () => {
    const sizes: number[] = []
    const decoder = new FrameDecoder((next) => next.type === 'data' && sizes.push(next.data.length))
    decoder.push(Buffer.from('0000000100ffffff', 'hex'))
    for (let left = 0xff_ff_ff; left > 0; left -= 65_536) decoder.push(Buffer.alloc(Math.min(left, 65_536)))
    expect(Math.max(...sizes)).toBe(65_536)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(0xff_ff_ff)
    expect(decoder.atBoundary).toBe(true)
  })
})

describe('header blocks', () => {
  it('have the dictionary of the specification', () => {
    expect(HEADER_DICTIONARY).toHaveLength(1423)
    const [, , ...head] = deflateSync('', { dictionary: HEADER_DICTIONARY })
    expect(Buffer.from(head.slice(0, 4)).toString('hex')).toBe('e3c6a7c2')
  })

  it('share one window, and are shorter for it', () => {
    const compressor = new HeaderCompressor()
    const decompressor = new HeaderDecompressor()
    const sizes = Array.from({ length: 2000 }, (_, index) => {
      const block = new Map([
        ['streamtype', ['data']],
        ['port', ['8080']],
        ['requestid', [String(index)]],
      ])
      const compressed = compressor.compress(block)
      expect(decompressor.decompress(compressed)).toEqual(block)
      return compressed.length
    })
    expect(Math.max(...sizes.slice(1))).toBeLessThan(sizes[0]! / 2)
  })

  it.each([
    ['nothing', '', /ends in a length/],
    ['a name longer than the block', '00000001 000000ff 61', /longer than its block/],
    ['a missing value', '00000001 00000001 61', /ends in a length/],
    ['four thousand million names', 'ffffffff', /ends in a length/],
    ['an upper-case name', '00000001 00000001 41 00000000', /named `A`/],
    ['an empty name', '00000001 00000000 00000000', /named ``/],
    ['a name twice', '00000002 00000001 61 00000000 00000001 61 00000000', /twice/],
    ['more than it says', '00000000 00', /goes on/],
  ])('refuse %s', (_name, hex, message) => {
    expect(() => decodeHeaders(Buffer.from(hex.replaceAll(' ', ''), 'hex'))).toThrow(message)
  })

  it('are not unpacked beyond 64 KiB', () => {
    const bomb = new HeaderCompressor().compress(new Map([['a', ['x'.repeat(10_000_000)]]]))
    expect(bomb.length).toBeLessThan(64 * 1024)
    expect(() => new HeaderDecompressor().decompress(bomb)).toThrow(/cannot be decompressed/)
  })

  it('come back from their plain form', () => {
    fc.assert(
      fc.property(headers, (block) => {
        expect(decodeHeaders(encodeHeaders(block))).toEqual(block)
      }),
    )
  })
})
