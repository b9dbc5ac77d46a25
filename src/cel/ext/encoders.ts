import { globalOverload, type CelFunction } from '../functions.js'
import { BYTES, STRING } from '../types.js'
import { CelError, type CelResult } from '../values.js'

function decode(text: string): CelResult {
  // Padding may be left out. Source: cel-go ext/encoders.go, base64DecodeString.
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return new CelError('illegal base64 data')
  return Uint8Array.from(Buffer.from(text, 'base64'))
}

/** Source: cel-go ext/encoders.go. */
export const ENCODERS: readonly CelFunction[] = [
  {
    name: 'base64.decode',
    overloads: [globalOverload('base64_decode_string', [STRING], BYTES, (text) => decode(text as string))],
  },
  {
    name: 'base64.encode',
    overloads: [
      globalOverload('base64_encode_bytes', [BYTES], STRING, (bytes) =>
        Buffer.from(bytes as Uint8Array).toString('base64'),
      ),
    ],
  },
]
