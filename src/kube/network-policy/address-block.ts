import { ipFamily } from '../../text/index.js'

/** A network of addresses: the family, its first bits, and how many of them count. */
export interface AddressBlock {
  readonly family: 4 | 6
  readonly bits: bigint
  readonly length: number
}

/** Reads `10.0.0.0/8` or `2001:db8::/32`; undefined for other texts. Bits behind the prefix do not count. */
export function addressBlock(text: string): AddressBlock | undefined {
  const match = /^([^/]{2,45})\/(0|[1-9]\d{0,2})$/.exec(text)
  const address = match === null ? undefined : readAddress(match[1] ?? '')
  const length = Number(match?.[2])
  return address === undefined || length > widthOf(address) ? undefined : { ...address, length }
}

/** Reads an address as a block of one; undefined for other texts. */
export function readAddress(text: string): AddressBlock | undefined {
  switch (ipFamily(text)) {
    case 4:
      return { family: 4, bits: bitsOfFour(text), length: 32 }
    case 6:
      return text.includes('%') ? undefined : { family: 6, bits: bitsOfSix(text), length: 128 }
    case 0:
      return undefined
  }
}

/** Whether every address of the second block is in the first. */
export function holdsBlock(block: AddressBlock, other: AddressBlock): boolean {
  if (block.family !== other.family || block.length > other.length) return false
  const rest = BigInt(widthOf(block) - block.length)
  return block.bits >> rest === other.bits >> rest
}

/** Whether two blocks have an address in common. */
export function blocksOverlap(a: AddressBlock, b: AddressBlock): boolean {
  return holdsBlock(a, b) || holdsBlock(b, a)
}

function widthOf({ family }: { readonly family: 4 | 6 }): number {
  return family === 4 ? 32 : 128
}

function bitsOfFour(text: string): bigint {
  return text.split('.').reduce((bits, octet) => (bits << 8n) | BigInt(Number(octet)), 0n)
}

function bitsOfSix(text: string): bigint {
  const four = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  const tail = four === null ? undefined : bitsOfFour(four[2] ?? '')
  const plain =
    four === null || tail === undefined
      ? text
      : `${four[1] ?? ''}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`
  const [head = '', rest] = plain.split('::')
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'))
  const before = groups(head)
  const after = groups(rest ?? '')
  const zeros = Array<string>(rest === undefined ? 0 : 8 - before.length - after.length).fill('0')
  return [...before, ...zeros, ...after].reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n)
}
