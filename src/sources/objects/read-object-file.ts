import type { ObjectsRead } from '../../kube/index.js'
import type { ObjectSource } from '../../model/index.js'
import { objectReader } from './object-reader.js'
import { openRegular, refusalOf } from './open-regular.js'

export interface ObjectFileRead extends ObjectsRead {
  /** Whether the file could be opened and read to its end. */
  readonly readable: boolean
}

const CHUNK = 1024 * 1024
/** A small first piece tells binary files from texts at little cost. */
const FIRST_CHUNK = 64 * 1024

/** Reads the objects of one file, piece by piece. Never throws: what cannot be read becomes a problem. */
export async function readObjectFile(file: string, source: ObjectSource): Promise<ObjectFileRead> {
  const opened = await openRegular(file)
  if ('problem' in opened) return nothing([opened.problem])
  const reader = objectReader(file, source)
  try {
    for (let size = FIRST_CHUNK; ; size = CHUNK) {
      const { buffer, bytesRead } = await opened.handle.read(Buffer.allocUnsafe(size), 0, size)
      if (bytesRead === 0) break
      if (!reader.push(buffer.subarray(0, bytesRead)).wantsMore) break
    }
    return { ...reader.end(), readable: true }
  } catch (error) {
    const read = reader.end()
    return { ...read, problems: [...read.problems, refusalOf(file, error)], readable: false }
  } finally {
    await opened.handle.close()
  }
}

function nothing(problems: ObjectsRead['problems']): ObjectFileRead {
  return { objects: [], problems, lists: [], skipped: 0, readable: false }
}
