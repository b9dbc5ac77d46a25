import { childrenOf, type DerElement } from './der.js'

/** Bits of keyUsage in their order. Source: RFC 5280, section 4.2.1.3. */
const BITS = [
  'digital signature',
  'non repudiation',
  'key encipherment',
  'data encipherment',
  'key agreement',
  'certificate signing',
  'CRL signing',
  'encipher only',
  'decipher only',
] as const

/** id-ce-keyUsage, 2.5.29.15. */
const KEY_USAGE = '551d0f'
const EXTENSIONS = 0xa3
const BIT_STRING = 0x03

/**
 * What a certificate's key may be used for, in words; undefined where the extension is absent, which allows everything.
 * Node does not say it.
 */
export function keyUsages(der: Buffer): string[] | undefined {
  const [certificate] = childrenOf(der, { at: 0, begin: 0, end: der.length })
  const [signed] = certificate === undefined ? [] : childrenOf(der, certificate)
  const wrapped =
    signed === undefined ? undefined : childrenOf(der, signed).find(({ at }) => der[at] === EXTENSIONS)
  const [list] = wrapped === undefined ? [] : childrenOf(der, wrapped)
  for (const extension of list === undefined ? [] : childrenOf(der, list)) {
    const parts = childrenOf(der, extension)
    const [id] = parts
    if (id === undefined || der.subarray(id.begin, id.end).toString('hex') !== KEY_USAGE) continue
    return bitsOf(der, parts.at(-1))
  }
  return undefined
}

/** OCTET STRING { BIT STRING { unused bits, bits } }. */
function bitsOf(der: Buffer, value: DerElement | undefined): string[] | undefined {
  const [bits] = value === undefined ? [] : childrenOf(der, value)
  if (bits === undefined || der[bits.at] !== BIT_STRING) return undefined
  const bytes = der.subarray(bits.begin + 1, bits.end)
  return BITS.filter((_, index) => ((bytes[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0)
}
