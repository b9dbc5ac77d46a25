import {
  CONTROL,
  FLAG_FIN,
  FLAG_UNIDIRECTIONAL,
  LARGEST_DATA,
  SpdyError,
  VERSION,
  type Frame,
} from './frame.js'
import { HeaderCompressor } from './header-block.js'

/** Frames to bytes. Header blocks build on the ones before: frames must be sent in the order in which they were encoded. */
export class FrameEncoder {
  readonly #compressor = new HeaderCompressor()

  encode(frame: Frame): Buffer {
    switch (frame.type) {
      case 'data':
        return data(frame.streamId, frame.fin, frame.data)
      case 'syn-stream':
        return control(
          'syn-stream',
          (frame.fin ? FLAG_FIN : 0) | (frame.unidirectional ? FLAG_UNIDIRECTIONAL : 0),
          words(frame.streamId, frame.associatedTo),
          Buffer.from([frame.priority << 5, 0]),
          this.#compressor.compress(frame.headers),
        )
      case 'syn-reply':
      case 'headers':
        return control(
          frame.type,
          frame.fin ? FLAG_FIN : 0,
          words(frame.streamId),
          this.#compressor.compress(frame.headers),
        )
      case 'rst-stream':
        return control('rst-stream', 0, words(frame.streamId, frame.status))
      case 'settings':
        return control(
          'settings',
          frame.clear ? 1 : 0,
          words(
            frame.entries.length,
            ...frame.entries.flatMap(({ id, flags, value }) => [((flags << 24) | id) >>> 0, value]),
          ),
        )
      case 'ping':
        return control('ping', 0, words(frame.id))
      case 'goaway':
        return control('goaway', 0, words(frame.lastGoodStreamId, frame.status))
      case 'window-update':
        return control('window-update', 0, words(frame.streamId, frame.delta))
    }
  }
}

function data(streamId: number, fin: boolean, bytes: Buffer): Buffer {
  if (bytes.length > LARGEST_DATA) throw new SpdyError('a data frame is larger than its length can say')
  const frame = Buffer.allocUnsafe(8 + bytes.length)
  frame.writeUInt32BE(streamId, 0)
  frame.writeUInt32BE((((fin ? FLAG_FIN : 0) << 24) | bytes.length) >>> 0, 4)
  bytes.copy(frame, 8)
  return frame
}

function control(type: keyof typeof CONTROL, flags: number, ...parts: readonly Buffer[]): Buffer {
  const payload = Buffer.concat(parts)
  const head = words(((0x8000 | VERSION) << 16) | CONTROL[type], (flags << 24) | payload.length)
  return Buffer.concat([head, payload])
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(4 * values.length)
  values.forEach((value, index) => bytes.writeUInt32BE(value >>> 0, 4 * index))
  return bytes
}
