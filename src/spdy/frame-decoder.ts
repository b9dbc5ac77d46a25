import {
  CONTROL,
  FLAG_FIN,
  FLAG_UNIDIRECTIONAL,
  SpdyError,
  VERSION,
  type Frame,
  type Setting,
} from './frame.js'
import { HeaderDecompressor } from './header-block.js'

/** The largest control frame that is read; the compressed headers of Kubernetes have less than 1 KiB. */
const LARGEST_CONTROL = 64 * 1024
const ID = 0x7f_ff_ff_ff
const HEAD = 8

type Take = (frame: Frame) => void

/** A data frame whose bytes are still coming. */
interface OpenData {
  readonly streamId: number
  readonly fin: boolean
  left: number
}

/**
 * Bytes to frames, in whatever pieces they come: Go's implementation writes the head of a frame in two parts, and each
 * part is a message of its own in a websocket. Data is passed on as it comes and never put together, so that a frame of
 * 16 MiB takes no memory. Throws SpdyError for what is no SPDY; nothing can be decoded after that.
 */
export class FrameDecoder {
  readonly #decompressor = new HeaderDecompressor()
  /** Bytes of a head or a control frame that is not complete. */
  #pieces: Buffer[] = []
  #held = 0
  /** How many bytes must be there before anything can be said. */
  #needed = HEAD
  #data: OpenData | undefined

  constructor(private readonly take: Take) {}

  /** Whether the bytes so far end between two frames. */
  get atBoundary(): boolean {
    return this.#held === 0 && this.#data === undefined
  }

  push(bytes: Buffer): void {
    let rest = bytes
    while (rest.length > 0) {
      if (this.#data !== undefined) rest = this.#takeData(rest, this.#data)
      else rest = this.#collect(rest)
    }
  }

  #takeData(bytes: Buffer, data: OpenData): Buffer {
    const piece = bytes.subarray(0, data.left)
    data.left -= piece.length
    if (data.left === 0) this.#data = undefined
    this.take({ type: 'data', streamId: data.streamId, fin: data.fin && data.left === 0, data: piece })
    return bytes.subarray(piece.length)
  }

  #collect(bytes: Buffer): Buffer {
    const piece = bytes.subarray(0, this.#needed - this.#held)
    this.#pieces.push(piece)
    this.#held += piece.length
    if (this.#held === this.#needed) {
      const [first] = this.#pieces
      this.#decode(this.#pieces.length === 1 && first !== undefined ? first : Buffer.concat(this.#pieces))
    }
    return bytes.subarray(piece.length)
  }

  #forget(): void {
    this.#pieces = []
    this.#held = 0
    this.#needed = HEAD
  }

  /** A complete head, or a complete control frame. */
  #decode(bytes: Buffer): void {
    const first = bytes.readUInt32BE(0)
    const length = bytes.readUIntBE(5, 3)
    const flags = bytes.readUInt8(4)
    if (first <= ID) {
      this.#forget()
      if (first === 0) throw new SpdyError('data came for stream 0')
      const fin = (flags & FLAG_FIN) !== 0
      if (length === 0) this.take({ type: 'data', streamId: first, fin, data: Buffer.alloc(0) })
      else this.#data = { streamId: first, fin, left: length }
      return
    }
    const version = (first >>> 16) & 0x7f_ff
    if (version !== VERSION) throw new SpdyError(`a frame is of version ${version}, not ${VERSION}`)
    if (length > LARGEST_CONTROL) throw new SpdyError(`a control frame has ${length} bytes`)
    if (bytes.length < HEAD + length) {
      this.#needed = HEAD + length
      return
    }
    this.#forget()
    const frame = this.#control(first & 0xff_ff, flags, bytes.subarray(HEAD))
    if (frame !== undefined) this.take(frame)
  }

  /** A control frame, or undefined for a type that nobody knows: those are skipped, as the specification asks. */
  #control(type: number, flags: number, payload: Buffer): Frame | undefined {
    const fin = (flags & FLAG_FIN) !== 0
    switch (type) {
      case CONTROL['syn-stream']:
        need(payload, 10, 'SYN_STREAM')
        return {
          type: 'syn-stream',
          streamId: streamId(payload, 'SYN_STREAM'),
          associatedTo: payload.readUInt32BE(4) & ID,
          priority: payload.readUInt8(8) >> 5,
          fin,
          unidirectional: (flags & FLAG_UNIDIRECTIONAL) !== 0,
          headers: this.#decompressor.decompress(payload.subarray(10)),
        }
      case CONTROL['syn-reply']:
      case CONTROL.headers: {
        const name = type === CONTROL.headers ? 'HEADERS' : 'SYN_REPLY'
        need(payload, 4, name)
        return {
          type: type === CONTROL.headers ? 'headers' : 'syn-reply',
          streamId: streamId(payload, name),
          fin,
          headers: this.#decompressor.decompress(payload.subarray(4)),
        }
      }
      case CONTROL['rst-stream']:
        exactly(payload, 8, 'RST_STREAM')
        return {
          type: 'rst-stream',
          streamId: streamId(payload, 'RST_STREAM'),
          status: payload.readUInt32BE(4),
        }
      case CONTROL.settings:
        return { type: 'settings', clear: (flags & 1) !== 0, entries: settings(payload) }
      case CONTROL.ping:
        exactly(payload, 4, 'PING')
        return { type: 'ping', id: payload.readUInt32BE(0) }
      case CONTROL.goaway:
        exactly(payload, 8, 'GOAWAY')
        return {
          type: 'goaway',
          lastGoodStreamId: payload.readUInt32BE(0) & ID,
          status: payload.readUInt32BE(4),
        }
      case CONTROL['window-update']:
        exactly(payload, 8, 'WINDOW_UPDATE')
        return {
          type: 'window-update',
          streamId: payload.readUInt32BE(0) & ID,
          delta: payload.readUInt32BE(4) & ID,
        }
      default:
        return undefined
    }
  }
}

function settings(payload: Buffer): Setting[] {
  need(payload, 4, 'SETTINGS')
  const count = payload.readUInt32BE(0)
  exactly(payload, 4 + 8 * count, 'SETTINGS')
  return Array.from({ length: count }, (_, index) => ({
    flags: payload.readUInt8(4 + 8 * index),
    id: payload.readUIntBE(5 + 8 * index, 3),
    value: payload.readUInt32BE(8 + 8 * index),
  }))
}

function streamId(payload: Buffer, name: string): number {
  const id = payload.readUInt32BE(0) & ID
  if (id === 0) throw new SpdyError(`${name} is for stream 0`)
  return id
}

function need(payload: Buffer, bytes: number, name: string): void {
  if (payload.length < bytes) throw new SpdyError(`${name} has only ${payload.length} bytes`)
}

function exactly(payload: Buffer, bytes: number, name: string): void {
  if (payload.length !== bytes) throw new SpdyError(`${name} has ${payload.length} bytes, not ${bytes}`)
}
