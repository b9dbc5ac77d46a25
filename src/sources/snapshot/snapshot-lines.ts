import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { bufferLines } from '../objects/index.js'

/** One object is one line; a longer one is no snapshot of Rampart. */
const LONGEST_LINE = 64 * 1024 * 1024

/** The lines of a gzipped file as they are unpacked. Throws on damage, and on a line longer than any object. */
export async function* snapshotTextLines(file: string): AsyncGenerator<string> {
  const input = createReadStream(file)
  const unzipped = input.pipe(createGunzip())
  // Without this, an error of the file itself would never end the reading.
  input.on('error', (error) => unzipped.destroy(error))
  yield* bufferLines(unzipped as AsyncIterable<Buffer>, LONGEST_LINE)
}
