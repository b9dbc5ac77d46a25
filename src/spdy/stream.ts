import { Duplex } from 'node:stream'
import { resetName, RESET, type SpdyHeaders } from './frame.js'

/** How much is kept for a reader that does not read, before the connection stops reading for all. */
export const STREAM_BUFFER = 256 * 1024
/** Pieces of this size let the other streams have their turn. */
const LARGEST_PIECE = 64 * 1024

/** What a stream asks of its connection. */
export interface StreamLink {
  sendData(streamId: number, data: Buffer, fin: boolean, sent: (error?: Error | null) => void): void
  reset(streamId: number, status: number): void
  wantsData(streamId: number): void
  forget(streamId: number): void
}

/** The other side ended a stream by force. */
export class StreamResetError extends Error {
  override readonly name = 'StreamResetError'
  constructor(readonly status: number) {
    super(`the other side ended the stream (${resetName(status)})`)
  }
}

/** One stream: `end()` closes our half, the other half goes on. Destroying it before both are closed resets it. */
export class SpdyStream extends Duplex {
  #remoteEnded = false
  #localEnded = false
  #wasReset = false

  constructor(
    readonly id: number,
    readonly headers: SpdyHeaders,
    private readonly link: StreamLink,
  ) {
    super({ allowHalfOpen: true, readableHighWaterMark: STREAM_BUFFER, writableHighWaterMark: LARGEST_PIECE })
  }

  /** Data from the other side; false when the reader is behind. */
  receive(data: Buffer): boolean {
    if (this.#remoteEnded || this.destroyed) return true
    return this.push(data)
  }

  receiveEnd(): void {
    if (this.#remoteEnded) return
    this.#remoteEnded = true
    this.push(null)
  }

  receiveReset(status: number): void {
    this.#wasReset = true
    this.destroy(new StreamResetError(status))
  }

  /** The connection is gone; there is nobody to tell. */
  lose(error: Error | undefined): void {
    this.#wasReset = true
    this.destroy(this.#remoteEnded && this.#localEnded ? undefined : error)
  }

  override _read(): void {
    this.link.wantsData(this.id)
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (chunk.length <= LARGEST_PIECE) return this.link.sendData(this.id, chunk, false, done)
    this.link.sendData(this.id, chunk.subarray(0, LARGEST_PIECE), false, (error) => {
      if (error == null) this._write(chunk.subarray(LARGEST_PIECE), _encoding, done)
      else done(error)
    })
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#localEnded = true
    this.link.sendData(this.id, Buffer.alloc(0), true, done)
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.#wasReset && !(this.#remoteEnded && this.#localEnded)) this.link.reset(this.id, RESET.cancel)
    this.link.forget(this.id)
    done(error)
  }
}
