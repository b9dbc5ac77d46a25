import type { ByteReader } from './open-binary.js'

/** What the header of an executable says of itself. */
export interface ExecutableHeader {
  readonly format: 'elf' | 'mach-o' | 'pe' | 'unknown'
  /** As Go names it: amd64, arm64, arm, 386, ppc64le, s390x, riscv64. */
  readonly architecture?: string
  /** Sections of an ELF file by name. */
  readonly sections: ReadonlyMap<string, Section>
}

export interface Section {
  readonly offset: number
  readonly size: number
}

/** e_machine, by the order of bytes where one number means two. Source: ELF gABI, and Go debug/elf/elf.go. */
const MACHINES: Readonly<Record<string, string>> = {
  '3le': '386',
  '40le': 'arm',
  '62le': 'amd64',
  '183le': 'arm64',
  '21le': 'ppc64le',
  '21be': 'ppc64',
  '22be': 's390x',
  '243le': 'riscv64',
  '258le': 'loong64',
}

/** cputype of 64-bit Mach-O files. Source: Go debug/macho/macho.go. */
const MACH_CPUS: Readonly<Record<number, string>> = { 0x01000007: 'amd64', 0x0100000c: 'arm64' }

const MOST_SECTIONS = 4096
const MOST_NAMES = 1 << 20

/** Reads the header of an executable. Whatever is damaged is left out; nothing is thrown for what the file says. */
export async function readExecutableHeader(file: ByteReader): Promise<ExecutableHeader> {
  const head = await file.read(0, 64)
  if (head.length >= 52 && head.readUInt32BE(0) === 0x7f454c46) return readElf(file, head)
  if (head.length >= 8 && head.readUInt32LE(0) === 0xfeedfacf) {
    const architecture = MACH_CPUS[head.readUInt32LE(4)]
    return {
      format: 'mach-o',
      sections: new Map(),
      ...(architecture === undefined ? {} : { architecture }),
    }
  }
  const pe = head.length >= 2 && head.toString('latin1', 0, 2) === 'MZ'
  return { format: pe ? 'pe' : 'unknown', sections: new Map() }
}

async function readElf(file: ByteReader, head: Buffer): Promise<ExecutableHeader> {
  const wide = head[4] === 2
  const little = head[5] === 1
  const numbers = numbersOf(wide, little)
  const machine = numbers.half(head, 18)
  const key = `${machine}${little ? 'le' : 'be'}`
  const architecture = Object.hasOwn(MACHINES, key) ? MACHINES[key] : undefined
  const sections =
    wide && head.length < 64 ? new Map<string, Section>() : await readSections(file, head, wide, numbers)
  return { format: 'elf', sections, ...(architecture === undefined ? {} : { architecture }) }
}

interface Numbers {
  readonly half: (buffer: Buffer, at: number) => number
  readonly word: (buffer: Buffer, at: number) => number
  /** An address or offset: 8 bytes in 64-bit files, 4 in others. */
  readonly long: (buffer: Buffer, at: number) => number
}

function numbersOf(wide: boolean, little: boolean): Numbers {
  const half = (buffer: Buffer, at: number): number =>
    little ? buffer.readUInt16LE(at) : buffer.readUInt16BE(at)
  const word = (buffer: Buffer, at: number): number =>
    little ? buffer.readUInt32LE(at) : buffer.readUInt32BE(at)
  const quad = (buffer: Buffer, at: number): number =>
    Number(little ? buffer.readBigUInt64LE(at) : buffer.readBigUInt64BE(at))
  return { half, word, long: wide ? quad : word }
}

async function readSections(
  file: ByteReader,
  head: Buffer,
  wide: boolean,
  { half, word, long }: Numbers,
): Promise<Map<string, Section>> {
  const sections = new Map<string, Section>()
  const start = long(head, wide ? 0x28 : 0x20)
  const [entry, count, names] = [0, 2, 4].map((step) => half(head, (wide ? 0x3a : 0x2e) + step)) as [
    number,
    number,
    number,
  ]
  if (entry < (wide ? 64 : 40) || count > MOST_SECTIONS || names >= count || start >= file.size)
    return sections
  const table = await file.read(start, entry * count)
  if (table.length < entry * count) return sections
  const placeOf = (index: number): Section => ({
    offset: long(table, index * entry + (wide ? 0x18 : 0x10)),
    size: long(table, index * entry + (wide ? 0x20 : 0x14)),
  })
  const text = placeOf(names)
  if (text.size > MOST_NAMES || text.offset >= file.size) return sections
  const strings = await file.read(text.offset, text.size)
  for (let index = 0; index < count; index += 1) {
    const at = word(table, index * entry)
    const end = strings.indexOf(0, at)
    const place = placeOf(index)
    if (at >= strings.length || end < at || place.offset + place.size > file.size) continue
    sections.set(strings.toString('latin1', at, end), place)
  }
  return sections
}
