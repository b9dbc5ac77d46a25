import type { FileHandle } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { requestLogBuilder, type RequestLog, type RequestLogBuilder } from '../../kube/index.js'
import { RampartError } from '../../model/index.js'
import { bufferLines, openRegular } from '../objects/index.js'

/** An event with the bodies of a long list is some MiB. */
const LONGEST_LINE = 64 * 1024 * 1024

/**
 * Reads audit logs of API servers, event by event: files of one Event of audit.k8s.io/v1 a line (`--audit-log-format=json`),
 * plain or gzipped. Of each event only who asked for what is kept. Throws RampartError with file and line at the first
 * line that is none; it quotes nothing of it.
 */
export async function readAuditLog(
  files: readonly string[],
  onProgress?: (text: string) => void,
): Promise<RequestLog> {
  const builder = requestLogBuilder()
  for (const file of new Set(files)) {
    onProgress?.(`reading audit log ${file}`)
    const opened = await openRegular(file)
    if ('problem' in opened)
      throw new RampartError('unreadable-input', `cannot read \`${file}\`: ${opened.problem.message}`)
    try {
      await readFile(opened.handle, file, builder)
    } finally {
      await opened.handle.close()
    }
  }
  return builder.log()
}

async function readFile(handle: FileHandle, file: string, builder: RequestLogBuilder): Promise<void> {
  let line = 0
  try {
    for await (const text of bufferLines(await unpacked(handle), LONGEST_LINE)) {
      line += 1
      if (text.trim() === '') continue
      const fault = faultOf(text, builder)
      if (fault !== undefined) throw new RampartError('unreadable-input', `${file}:${line}: ${fault}`)
    }
  } catch (error) {
    if (error instanceof RampartError) throw error
    // A broken archive, a disk that fails, a line without end: their messages hold nothing of the file.
    const message = `${file}:${line + 1}: ${(error as Error).message}`
    throw new RampartError('unreadable-input', message, { cause: error })
  }
}

async function unpacked(handle: FileHandle): Promise<AsyncIterable<Buffer>> {
  const start = Buffer.alloc(2)
  await handle.read(start, 0, 2, 0)
  const input = handle.createReadStream({ start: 0, autoClose: false })
  if (start[0] !== 0x1f || start[1] !== 0x8b) return input as AsyncIterable<Buffer>
  const unzipped = input.pipe(createGunzip())
  input.on('error', (error) => unzipped.destroy(error))
  return unzipped as AsyncIterable<Buffer>
}

function faultOf(text: string, builder: RequestLogBuilder): string | undefined {
  let event: unknown
  try {
    event = JSON.parse(text)
  } catch {
    return 'not a line of JSON (the API server writes them with --audit-log-format=json)'
  }
  return builder.add(event)
}
