import { constants, deflateRawSync, deflateSync, inflateRawSync, inflateSync } from 'node:zlib'
import { SpdyError, type SpdyHeaders } from './frame.js'
import { HEADER_DICTIONARY } from './header-dictionary.js'

/** Beyond this a header block is an attack: those of Kubernetes have about 100 bytes. */
const LARGEST_BLOCK = 64 * 1024
/** How far back a compressed block may point. */
const WINDOW = 32 * 1024
/** An empty stored block: what a flush leaves at its end. */
const FLUSHED = Buffer.from([0, 0, 0xff, 0xff])

/**
 * Header blocks share one zlib stream for the whole connection, each flushed at its end. Node's streams of zlib answer
 * later; these two keep the window themselves and answer at once: a raw block after a flush needs nothing but the
 * bytes before it, which are given to zlib as its dictionary.
 */
export class HeaderCompressor {
  #window: Buffer | undefined

  compress(headers: SpdyHeaders): Buffer {
    const block = encodeHeaders(headers)
    const options = { finishFlush: constants.Z_SYNC_FLUSH, level: 9 }
    const compressed =
      this.#window === undefined
        ? deflateSync(block, { ...options, dictionary: HEADER_DICTIONARY })
        : deflateRawSync(block, { ...options, dictionary: this.#window })
    this.#window = slide(this.#window, block)
    return compressed
  }
}

export class HeaderDecompressor {
  #window: Buffer | undefined

  decompress(compressed: Buffer): SpdyHeaders {
    if (!compressed.subarray(-FLUSHED.length).equals(FLUSHED)) {
      throw new SpdyError('a header block is not flushed at its end')
    }
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: LARGEST_BLOCK }
    let block: Buffer
    try {
      block =
        this.#window === undefined
          ? inflateSync(compressed, { ...options, dictionary: HEADER_DICTIONARY })
          : inflateRawSync(compressed, { ...options, dictionary: this.#window })
    } catch (error) {
      throw new SpdyError(`a header block cannot be decompressed: ${(error as Error).message}`, {
        cause: error,
      })
    }
    this.#window = slide(this.#window, block)
    return decodeHeaders(block)
  }
}

/** The last bytes of what has passed, which the next block may point to. */
function slide(window: Buffer | undefined, block: Buffer): Buffer {
  return Buffer.concat([window ?? HEADER_DICTIONARY, block]).subarray(-WINDOW)
}

/** A count, then for each name its length, the name, the length of its values, the values with zero bytes between. */
export function encodeHeaders(headers: SpdyHeaders): Buffer {
  const parts: Buffer[] = [number32(headers.size)]
  for (const [name, values] of headers) {
    for (const text of [name.toLowerCase(), values.join('\0')]) {
      const bytes = Buffer.from(text, 'utf8')
      parts.push(number32(bytes.length), bytes)
    }
  }
  return Buffer.concat(parts)
}

export function decodeHeaders(block: Buffer): SpdyHeaders {
  let at = 0
  const number = (): number => {
    if (at + 4 > block.length) throw new SpdyError('a header block ends in a length')
    at += 4
    return block.readUInt32BE(at - 4)
  }
  const text = (): string => {
    const length = number()
    if (length > block.length - at) throw new SpdyError('a header is longer than its block')
    at += length
    return block.toString('utf8', at - length, at)
  }
  const headers = new Map<string, readonly string[]>()
  for (let left = number(); left > 0; left--) {
    const name = text()
    if (name === '' || name !== name.toLowerCase()) throw new SpdyError(`a header is named \`${name}\``)
    if (headers.has(name)) throw new SpdyError(`the header \`${name}\` is there twice`)
    headers.set(name, text().split('\0'))
  }
  if (at !== block.length) throw new SpdyError('a header block goes on after its last header')
  return headers
}

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
