/** What a server has said in clear in answer to a hello. */
export interface ServerFlight {
  /** Nothing more is to be learnt: the flight has ended, an alert came, or it is no TLS. */
  readonly done: boolean
  readonly notTls: boolean
  /** The version that it picked, as a number (0x0303 is TLS 1.2). */
  readonly version?: number
  /** The number of a fatal alert. */
  readonly alert?: number
  /** Certificates in DER, its own first. */
  readonly certificates: readonly Buffer[]
  /** Names of the authorities (DER) that it takes client certificates from; absent when it asks for none. */
  readonly authorities?: readonly Buffer[]
}

const ALERT = 21
const WARNING = 1
const HANDSHAKE = 22
const SERVER_HELLO = 2
const CERTIFICATE = 11
const CERTIFICATE_REQUEST = 13
const SERVER_HELLO_DONE = 14
const TLS_12 = 0x0303
const TLS_13 = 0x0304

/** Reads the records that came so far (RFC 5246, 6.2 and 7.4; RFC 8446, 4.1.3). Broken messages end the flight. */
export function readFlight(bytes: Buffer): ServerFlight {
  const records = recordsOf(bytes)
  if (records === undefined) return { done: true, notTls: true, certificates: [] }
  const flight: Writable = { done: false, notTls: false, certificates: [] }
  try {
    readMessages(records.handshake, flight)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    flight.done = true
  }
  if (records.alert !== undefined && flight.version === undefined) flight.alert = records.alert
  if (records.alert !== undefined) flight.done = true
  return flight
}

type Writable = { -readonly [Key in keyof ServerFlight]: ServerFlight[Key] }

/** Handshake bytes and the first fatal alert, as far as records are whole; undefined where it is no TLS. */
function recordsOf(bytes: Buffer): { handshake: Buffer; alert: number | undefined } | undefined {
  const parts: Buffer[] = []
  let at = 0
  while (bytes.length - at >= 3) {
    const type = bytes[at] ?? 0
    if ((type !== ALERT && type !== HANDSHAKE) || bytes[at + 1] !== 3) {
      // After a ServerHello of 1.3 come records that cannot be read; before one, this is another protocol.
      return at === 0 ? undefined : { handshake: Buffer.concat(parts), alert: undefined }
    }
    if (bytes.length - at < 5) break
    const end = at + 5 + bytes.readUInt16BE(at + 3)
    if (end > bytes.length) break
    const content = bytes.subarray(at + 5, end)
    if (type === HANDSHAKE) parts.push(content)
    // Warnings (`unrecognized name`) do not end a handshake.
    else if (content[0] !== WARNING) return { handshake: Buffer.concat(parts), alert: content[1] ?? 0 }
    at = end
  }
  return { handshake: Buffer.concat(parts), alert: undefined }
}

function readMessages(bytes: Buffer, flight: Writable): void {
  let at = 0
  while (!flight.done && bytes.length - at >= 4) {
    const type = bytes[at] ?? 0
    const end = at + 4 + bytes.readUIntBE(at + 1, 3)
    if (end > bytes.length) return
    const body = bytes.subarray(at + 4, end)
    if (type === SERVER_HELLO) {
      flight.version = pickedVersion(body)
      flight.done = flight.version >= TLS_13
    } else if (type === CERTIFICATE) flight.certificates = vectors(body.subarray(3), 3)
    else if (type === CERTIFICATE_REQUEST) flight.authorities = requestedAuthorities(body, flight.version)
    else if (type === SERVER_HELLO_DONE) flight.done = true
    at = end
  }
}

/** The version of a ServerHello: in 1.3 an extension holds it. */
function pickedVersion(body: Buffer): number {
  const version = body.readUInt16BE(0)
  let at = 34
  at += 1 + body.readUInt8(at) + 3
  if (body.length < at + 2) return version
  at += 2
  while (body.length - at >= 4) {
    const type = body.readUInt16BE(at)
    const length = body.readUInt16BE(at + 2)
    if (type === 43) return body.readUInt16BE(at + 4)
    at += 4 + length
  }
  return version
}

/** Names in a CertificateRequest; from 1.2 on a list of signatures stands before them. */
function requestedAuthorities(body: Buffer, version = TLS_12): Buffer[] {
  let at = 1 + body.readUInt8(0)
  if (version >= TLS_12) at += 2 + body.readUInt16BE(at)
  return vectors(body.subarray(at + 2, at + 2 + body.readUInt16BE(at)), 2)
}

/** A list of contents, each after its length. */
function vectors(bytes: Buffer, lengthBytes: number): Buffer[] {
  const found: Buffer[] = []
  let at = 0
  while (at < bytes.length) {
    const length = bytes.readUIntBE(at, lengthBytes)
    found.push(bytes.subarray(at + lengthBytes, at + lengthBytes + length))
    at += lengthBytes + length
  }
  return found
}

/** Alerts by number (RFC 8446, 6.2, and those of 1.0 to 1.2). */
const ALERT_NAMES: Readonly<Record<number, string>> = {
  10: 'unexpected message',
  20: 'bad record mac',
  40: 'handshake failure',
  42: 'bad certificate',
  46: 'certificate unknown',
  47: 'illegal parameter',
  49: 'access denied',
  50: 'decode error',
  51: 'decrypt error',
  70: 'protocol version',
  71: 'insufficient security',
  80: 'internal error',
  86: 'inappropriate fallback',
  109: 'missing extension',
  112: 'unrecognized name',
  116: 'certificate required',
  120: 'no application protocol',
}

/** `protocol version`, or the bare number of an alert without a known name. */
export function alertName(alert: number): string {
  return ALERT_NAMES[alert] ?? String(alert)
}
