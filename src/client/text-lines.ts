import { ConnectionError } from './connection-error.js'

/** Objects of the API are at most a few MiB; a longer line is no event. */
const LONGEST = 64 * 1024 * 1024

/** The lines of a stream that are not empty, the last one without its end too. */
export async function* textLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let parts: Buffer[] = []
  let length = 0
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      const line = Buffer.concat([...parts, chunk.subarray(from, end)]).toString('utf8')
      parts = []
      length = 0
      from = end + 1
      if (line.trim() !== '') yield line
    }
    if (from === chunk.length) continue
    parts.push(chunk.subarray(from))
    length += chunk.length - from
    if (length > LONGEST)
      throw new ConnectionError('', `the server sent a line of more than ${LONGEST} bytes`)
  }
  if (length > 0) yield Buffer.concat(parts).toString('utf8')
}
