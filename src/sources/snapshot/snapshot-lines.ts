import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'

/** One object is one line; a longer one is no snapshot of Rampart. */
const LONGEST_LINE = 64 * 1024 * 1024

/** The lines of a gzipped file as they are unpacked. Throws on damage, and on a line longer than any object. */
export async function* snapshotTextLines(file: string): AsyncGenerator<string> {
  const input = createReadStream(file)
  const unzipped = input.pipe(createGunzip())
  // Without this, an error of the file itself would never end the reading.
  input.on('error', (error) => unzipped.destroy(error))
  let parts: Buffer[] = []
  let length = 0
  for await (const chunk of unzipped as AsyncIterable<Buffer>) {
    let from = 0
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      yield Buffer.concat([...parts, chunk.subarray(from, end)]).toString('utf8')
      parts = []
      length = 0
      from = end + 1
    }
    parts.push(chunk.subarray(from))
    length += chunk.length - from
    if (length > LONGEST_LINE) throw new Error(`a line is longer than ${LONGEST_LINE / 1024 / 1024} MiB`)
  }
  if (length > 0) yield Buffer.concat(parts).toString('utf8')
}
