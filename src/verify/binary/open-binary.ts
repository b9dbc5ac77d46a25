import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'

/** Bytes of a file by their place. */
export interface ByteReader {
  readonly size: number
  /** At most `length` bytes; fewer at the end of the file. */
  read(offset: number, length: number): Promise<Buffer>
}

/** An open regular file. */
export interface OpenBinary extends ByteReader {
  /** The file's bytes in order, from the beginning. */
  stream(): AsyncIterable<Buffer>
  close(): Promise<void>
}

/** Large enough that reading costs nothing beside hashing, small enough for the processor's caches. */
const CHUNK = 1 << 20

/**
 * Opens a regular file; nothing else is ever opened, and no link at its end is followed unless `follow` says so (for
 * `/proc/PID/exe`, a link that leads to the very file that runs). Rejects with the system's error.
 */
export async function openBinary(
  path: string,
  { follow = false }: { follow?: boolean } = {},
): Promise<OpenBinary> {
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | (follow ? 0 : constants.O_NOFOLLOW)
  const handle = await open(path, flags)
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) throw Object.assign(new Error('not a regular file'), { code: 'ENOTFILE' })
    return opened(handle, stat.size)
  } catch (error) {
    await handle.close()
    throw error
  }
}

function opened(handle: FileHandle, size: number): OpenBinary {
  return {
    size,
    async read(offset, length) {
      const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - offset)))
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset)
      return buffer.subarray(0, bytesRead)
    },
    stream: () => chunksOf(handle),
    close: () => handle.close(),
  }
}

/** The next piece is read while the one before is worked on: two buffers in turn, so a piece is good until the next but one. */
async function* chunksOf(handle: FileHandle): AsyncGenerator<Buffer> {
  const buffers = [Buffer.allocUnsafeSlow(CHUNK), Buffer.allocUnsafeSlow(CHUNK)] as const
  let offset = 0
  let turn: 0 | 1 = 0
  let next = handle.read(buffers[0], 0, CHUNK, 0)
  for (;;) {
    const { bytesRead } = await next
    if (bytesRead === 0) return
    const here = buffers[turn]
    offset += bytesRead
    turn = turn === 0 ? 1 : 0
    next = handle.read(buffers[turn], 0, CHUNK, offset)
    // Whoever stops early leaves a read behind; its failure then is nobody's.
    next.catch(() => undefined)
    yield here.subarray(0, bytesRead)
  }
}
