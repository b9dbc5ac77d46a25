import type { ObjectsRead } from '../../kube/index.js'
import type { ObjectSource } from '../../model/index.js'
import { objectReader } from './object-reader.js'

/** More of a stream is not kept: findings behind it show their line, but not its text. */
const KEPT = 256 * 1024 * 1024

/** Reads the objects of a stream that can be read only once. `text` gives its bytes again, as far as they were kept. */
export async function readObjectStream(
  chunks: AsyncIterable<Uint8Array | string>,
  file: string,
  source: ObjectSource,
): Promise<ObjectsRead & { readonly text: (offset: number, length: number) => string | undefined }> {
  const reader = objectReader(file, source)
  const kept: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk)
    if (size < KEPT) kept.push(bytes)
    size += bytes.length
    if (!reader.push(bytes).wantsMore) break
  }
  const read = reader.end()
  const whole = Buffer.concat(kept)
  return {
    ...read,
    text: (offset, length) =>
      offset + length > whole.length ? undefined : whole.toString('utf8', offset, offset + length),
  }
}
