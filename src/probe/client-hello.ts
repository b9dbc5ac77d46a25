import { randomBytes } from 'node:crypto'
import { ipFamily } from '../text/index.js'

/** Versions as they stand in a hello. */
export const TLS_VERSION_NUMBERS = {
  'TLS 1.0': 0x0301,
  'TLS 1.1': 0x0302,
  'TLS 1.2': 0x0303,
  'TLS 1.3': 0x0304,
} as const
export type TlsVersion = keyof typeof TLS_VERSION_NUMBERS

/** Everything that a server of the last twenty years may insist on, strong ones first. */
const CIPHERS_BEFORE_13 = [
  0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc009, 0xc013, 0xc00a, 0xc014, 0xc023, 0xc027, 0x009e,
  0x009f, 0x0033, 0x0039, 0x009c, 0x009d, 0x002f, 0x0035, 0x003c, 0x003d, 0xc008, 0xc012, 0x000a, 0x00ff,
]
const CIPHERS_13 = [0x1301, 0x1302, 0x1303]
const SIGNATURES = [
  0x0403, 0x0503, 0x0603, 0x0807, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601, 0x0203, 0x0201,
]
const GROUPS = [0x001d, 0x0017, 0x0018, 0x0019]

/**
 * The first message of a TLS client that speaks one version only (RFC 5246, 7.4.1.2; RFC 8446, 4.1.2). It is enough to
 * learn which version a server picks, and before 1.3 its certificate and whom it asks for one: all that is in clear.
 * OpenSSL as built into Node neither tells what a server asks for nor offers every old version.
 */
export function clientHello(version: TlsVersion, serverName: string): Buffer {
  const is13 = version === 'TLS 1.3'
  const extensions = [
    ...(ipFamily(serverName) === 0 ? [extension(0, serverNameList(serverName))] : []),
    extension(10, vector(2, words(GROUPS))),
    extension(11, Buffer.from([1, 0])),
    // Before 1.2 there is no such extension.
    ...(is13 || version === 'TLS 1.2' ? [extension(13, vector(2, words(SIGNATURES)))] : []),
    ...(is13
      ? [
          extension(43, vector(1, words([TLS_VERSION_NUMBERS['TLS 1.3']]))),
          // Any 32 bytes are a public key of X25519; the handshake is never finished.
          extension(51, vector(2, Buffer.concat([words([0x001d]), vector(2, randomBytes(32))]))),
        ]
      : []),
  ]
  const body = Buffer.concat([
    words([is13 ? TLS_VERSION_NUMBERS['TLS 1.2'] : TLS_VERSION_NUMBERS[version]]),
    randomBytes(32),
    vector(1, is13 ? randomBytes(32) : Buffer.alloc(0)),
    vector(2, words(is13 ? CIPHERS_13 : CIPHERS_BEFORE_13)),
    Buffer.from([1, 0]),
    vector(2, Buffer.concat(extensions)),
  ])
  const handshake = Buffer.concat([Buffer.from([1]), vector(3, body)])
  return Buffer.concat([Buffer.from([22, 3, 1]), vector(2, handshake)])
}

function extension(type: number, content: Buffer): Buffer {
  return Buffer.concat([words([type]), vector(2, content)])
}

function serverNameList(name: string): Buffer {
  const entry = Buffer.concat([Buffer.from([0]), vector(2, Buffer.from(name.replace(/\.$/, '')))])
  return vector(2, entry)
}

function words(numbers: readonly number[]): Buffer {
  return Buffer.from(numbers.flatMap((number) => [number >> 8, number & 255]))
}

/** Content after its length in so many bytes. */
function vector(lengthBytes: number, content: Buffer): Buffer {
  const length = Buffer.alloc(lengthBytes)
  length.writeUIntBE(content.length, 0, lengthBytes)
  return Buffer.concat([length, content])
}
