import type { Duplex } from 'node:stream'
import { FrameDecoder } from './frame-decoder.js'
import { FrameEncoder } from './frame-encoder.js'
import { RESET, SpdyError, type Frame, type SpdyHeaders } from './frame.js'
import { SpdyStream, StreamResetError, type StreamLink } from './stream.js'

/** Source: client-go, httpstream/spdy/connection.go, createStreamResponseTimeout. */
const REPLY_TIMEOUT = 30_000
const LAST_ID = 0x7f_ff_ff_ff

export interface SpdyOptions {
  readonly role: 'client' | 'server'
  /** Called for each stream that the other side opens; without it they are refused. */
  readonly onStream?: (stream: SpdyStream) => void
  readonly replyTimeout?: number
}

interface Waiting {
  readonly resolve: (stream: SpdyStream) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
  readonly stream: SpdyStream
}

/**
 * SPDY/3.1 over any two-way stream, as Kubernetes uses it. The implementation behind the kubelet, the API server and
 * the container runtimes knows no windows: it sends as long as the connection takes bytes, and skips WINDOW_UPDATE. So
 * back-pressure is the connection's: when the reader of one stream is behind by its buffer, nothing more is read.
 * Source: github.com/moby/spdystream v0.5.0 connection.go, handleDataFrame.
 */
export class SpdyConnection {
  readonly #encoder = new FrameEncoder()
  readonly #decoder = new FrameDecoder((frame) => this.#take(frame))
  readonly #streams = new Map<number, SpdyStream>()
  readonly #opening = new Map<number, Waiting>()
  readonly #pings = new Map<number, () => void>()
  readonly #stalled = new Set<number>()
  readonly #undrained: ((error?: Error) => void)[] = []
  readonly #link: StreamLink
  #nextId: number
  #nextPing: number
  #lastRemoteId = 0
  #goneAway = false
  #ended = false
  #settle: (error: Error | undefined) => void = () => undefined
  /** Settles when the connection has ended: with the reason when it was not asked for. Never rejects. */
  readonly ended: Promise<Error | undefined>

  constructor(
    private readonly transport: Duplex,
    private readonly options: SpdyOptions,
  ) {
    this.#nextId = options.role === 'client' ? 1 : 2
    this.#nextPing = this.#nextId
    this.ended = new Promise((resolve) => (this.#settle = resolve))
    this.#link = {
      sendData: (id, data, fin, sent) => this.#sendData(id, data, fin, sent),
      reset: (streamId, status) => this.#send({ type: 'rst-stream', streamId, status }),
      wantsData: (id) => this.#unstall(id),
      forget: (id) => {
        this.#streams.delete(id)
        this.#unstall(id)
      },
    }
    transport.on('data', (bytes: Buffer) => this.#read(bytes))
    transport.on('drain', () => this.#drained())
    transport.on('error', (error) => this.#end(error))
    transport.on('end', () =>
      this.#end(
        this.#decoder.atBoundary
          ? this.#lostUnlessAsked()
          : new SpdyError('the connection ended within a frame'),
      ),
    )
    transport.on('close', () => this.#end(this.#lostUnlessAsked()))
  }

  /** How many streams are open. */
  get size(): number {
    return this.#streams.size
  }

  /** Whether a slow reader keeps the connection from reading. */
  get stalled(): boolean {
    return this.#stalled.size > 0
  }

  /** Whether streams can be opened. */
  get open(): boolean {
    return !this.#ended && !this.#goneAway
  }

  /** Opens a stream; the other side has agreed when the promise resolves. Data sent before that would be lost. */
  openStream(headers: SpdyHeaders): Promise<SpdyStream> {
    if (!this.open) return Promise.reject(new Error('the connection takes no new streams'))
    const id = this.#nextId
    if (id > LAST_ID) return Promise.reject(new Error('the connection has no stream number left'))
    this.#nextId += 2
    const stream = new SpdyStream(id, headers, this.#link)
    // Until it is handed over nobody listens, and an error that nobody hears ends the process.
    stream.on('error', () => undefined)
    this.#streams.set(id, stream)
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#opening.delete(id)
        stream.destroy()
        reject(new Error('the other side did not answer to a new stream'))
      }, this.options.replyTimeout ?? REPLY_TIMEOUT)
      this.#opening.set(id, { resolve, reject, timer, stream })
      this.#send({
        type: 'syn-stream',
        streamId: id,
        associatedTo: 0,
        priority: 0,
        fin: false,
        unidirectional: false,
        headers,
      })
    })
  }

  /** Asks whether the other side is there; resolves with the milliseconds that it took. */
  ping(): Promise<number> {
    const id = this.#nextPing
    this.#nextPing = id > LAST_ID - 2 ? (id % 2 === 1 ? 1 : 2) : id + 2
    const begin = performance.now()
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(new Error('the connection has ended'))
      this.#pings.set(id, () => resolve(performance.now() - begin))
      void this.ended.then((error) => reject(error ?? new Error('the connection has ended')))
      this.#send({ type: 'ping', id })
    })
  }

  /** Says goodbye and ends; streams that are open are lost. */
  close(): void {
    if (this.#ended) return
    if (!this.#goneAway) this.#send({ type: 'goaway', lastGoodStreamId: this.#lastRemoteId, status: 0 })
    this.#end(undefined)
  }

  #send(frame: Frame): void {
    if (!this.#ended && this.transport.writable) this.transport.write(this.#encoder.encode(frame))
  }

  #sendData(streamId: number, data: Buffer, fin: boolean, sent: (error?: Error | null) => void): void {
    if (this.#ended || !this.transport.writable) return sent(new Error('the connection has ended'))
    if (this.transport.write(this.#encoder.encode({ type: 'data', streamId, fin, data }))) sent()
    else this.#undrained.push(sent)
  }

  #drained(): void {
    // Each may write at once and fill the transport again; then the others wait for the next time.
    for (const sent of this.#undrained.splice(0)) sent()
  }

  #read(bytes: Buffer): void {
    if (this.#ended) return
    try {
      this.#decoder.push(bytes)
    } catch (error) {
      if (!(error instanceof SpdyError)) throw error
      this.#send({ type: 'goaway', lastGoodStreamId: this.#lastRemoteId, status: 1 })
      this.#end(error)
    }
  }

  #take(frame: Frame): void {
    switch (frame.type) {
      case 'data':
        return this.#takeData(frame.streamId, frame.data, frame.fin)
      case 'syn-stream':
        return this.#accept(frame)
      case 'syn-reply':
        return this.#opened(frame.streamId, frame.fin)
      case 'headers':
        if (frame.fin) this.#streams.get(frame.streamId)?.receiveEnd()
        return
      case 'rst-stream':
        this.#refused(frame.streamId, new StreamResetError(frame.status))
        this.#streams.get(frame.streamId)?.receiveReset(frame.status)
        return
      case 'ping':
        return this.#takePing(frame.id)
      case 'goaway':
        return this.#takeGoAway(frame.lastGoodStreamId)
      case 'settings':
      case 'window-update':
        return
    }
  }

  #takeData(id: number, data: Buffer, fin: boolean): void {
    const stream = this.#streams.get(id)
    // What was on its way when we reset a stream.
    if (stream === undefined) return
    if (data.length > 0 && !stream.receive(data)) {
      this.#stalled.add(id)
      this.transport.pause()
    }
    if (fin) stream.receiveEnd()
  }

  #unstall(id: number): void {
    if (this.#stalled.delete(id) && this.#stalled.size === 0 && !this.#ended) this.transport.resume()
  }

  #accept(frame: Extract<Frame, { type: 'syn-stream' }>): void {
    const { streamId, headers, fin } = frame
    const { role, onStream } = this.options
    const theirs = streamId % 2 === (role === 'client' ? 0 : 1)
    if (!theirs || streamId <= this.#lastRemoteId) {
      throw new SpdyError(`stream ${streamId} was opened out of turn`)
    }
    this.#lastRemoteId = streamId
    if (onStream === undefined || this.#goneAway) {
      this.#send({ type: 'rst-stream', streamId, status: RESET.refusedStream })
      return
    }
    const stream = new SpdyStream(streamId, headers, this.#link)
    this.#streams.set(streamId, stream)
    this.#send({ type: 'syn-reply', streamId, fin: false, headers: new Map() })
    if (fin) stream.receiveEnd()
    onStream(stream)
  }

  #opened(id: number, fin: boolean): void {
    const waiting = this.#opening.get(id)
    if (waiting === undefined) return
    clearTimeout(waiting.timer)
    this.#opening.delete(id)
    if (fin) waiting.stream.receiveEnd()
    waiting.resolve(waiting.stream)
  }

  #refused(id: number, error: Error): void {
    const waiting = this.#opening.get(id)
    if (waiting === undefined) return
    clearTimeout(waiting.timer)
    this.#opening.delete(id)
    waiting.reject(error)
  }

  #takePing(id: number): void {
    // Ours are odd for a client, even for a server; those of the other side go back as they are.
    if (id % 2 !== (this.options.role === 'client' ? 1 : 0)) return this.#send({ type: 'ping', id })
    this.#pings.get(id)?.()
    this.#pings.delete(id)
  }

  #takeGoAway(lastGood: number): void {
    this.#goneAway = true
    const error = new Error('the other side is going away')
    for (const id of [...this.#opening.keys()].filter((each) => each > lastGood)) this.#refused(id, error)
  }

  #lostUnlessAsked(): Error | undefined {
    return this.#goneAway ? undefined : new Error('the other side closed the connection')
  }

  #end(error: Error | undefined): void {
    if (this.#ended) return
    this.#ended = true
    const reason = error ?? new Error('the connection has ended')
    for (const id of [...this.#opening.keys()]) this.#refused(id, reason)
    for (const stream of [...this.#streams.values()]) stream.lose(reason)
    for (const sent of this.#undrained.splice(0)) sent(reason)
    this.#pings.clear()
    this.transport.resume()
    if (error === undefined) this.transport.end()
    else this.transport.destroy()
    this.#settle(error)
  }
}
