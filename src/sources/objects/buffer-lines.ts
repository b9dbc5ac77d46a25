/** The lines of a stream as they come. Throws a RangeError on a line of more than `longest` bytes. */
export async function* bufferLines(chunks: AsyncIterable<Buffer>, longest: number): AsyncGenerator<string> {
  let parts: Buffer[] = []
  let length = 0
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      yield Buffer.concat([...parts, chunk.subarray(from, end)]).toString('utf8')
      parts = []
      length = 0
      from = end + 1
    }
    parts.push(chunk.subarray(from))
    length += chunk.length - from
    if (length > longest) throw new RangeError(`a line is longer than ${longest / 1024 / 1024} MiB`)
  }
  if (length > 0) yield Buffer.concat(parts).toString('utf8')
}
