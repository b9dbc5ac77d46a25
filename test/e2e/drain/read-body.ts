/** The body of a request as text; options of a deletion in protobuf, as kubectl sends them, as the JSON of the same. */
export function bodyText(body: Buffer, type: string): string {
  if (!type.includes('protobuf')) return body.toString('utf8')
  if (body.subarray(0, 4).toString('latin1') !== 'k8s\0') return body.toString('latin1')
  // Source: apimachinery pkg/runtime/generated.proto, Unknown; pkg/apis/meta/v1/generated.proto, DeleteOptions.
  const envelope = fields(body.subarray(4))
  const meta = fields(one(envelope, 1))
  const options = fields(one(envelope, 2))
  const grace = options.find(({ number }) => number === 1)?.value
  const dryRun = options.flatMap(({ number, value }) =>
    number === 5 && Buffer.isBuffer(value) ? value.toString() : [],
  )
  return JSON.stringify({
    kind: one(meta, 2).toString(),
    apiVersion: one(meta, 1).toString(),
    ...(typeof grace === 'number' ? { gracePeriodSeconds: grace } : {}),
    ...(dryRun.length === 0 ? {} : { dryRun }),
  })
}

interface Field {
  readonly number: number
  readonly value: number | Buffer
}

function one(of: readonly Field[], number: number): Buffer {
  const found = of.find((each) => each.number === number)?.value
  return Buffer.isBuffer(found) ? found : Buffer.alloc(0)
}

function fields(bytes: Buffer): Field[] {
  const found: Field[] = []
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes[at++] ?? 0
      value += (byte & 127) * shift
      if (byte < 128) return value
    }
  }
  while (at < bytes.length) {
    const tag = varint()
    if ((tag & 7) === 0) found.push({ number: tag >> 3, value: varint() })
    else {
      const length = varint()
      found.push({ number: tag >> 3, value: bytes.subarray(at, at + length) })
      at += length
    }
  }
  return found
}
