/** An ELF file that says of itself what a program of Go says, and does nothing. */
export interface ProgramWords {
  /** As `-X` puts it behind a NUL; none where it is not said. */
  readonly version?: string
  readonly module?: string
  readonly path?: string
  readonly ldflags?: string
  readonly machine?: 'amd64' | 'arm64'
  /** Bytes at the end, that make one file differ from another. */
  readonly tail?: string
}

/** Builds the file: header, section table, `.rodata` with the version, `.go.buildinfo`. */
export function goProgram({
  version,
  module = '(devel)',
  path = 'k8s.io/kubernetes/cmd/kubelet',
  ldflags,
  machine = 'amd64',
  tail = '',
}: ProgramWords): Buffer {
  const rodata = Buffer.from(`some text\0\0${version ?? ''}\0\0more v9.9.9 text`, 'latin1')
  const lines = [
    `path\t${path}`,
    `mod\tk8s.io/kubernetes\t${module}\t`,
    `build\tGOARCH=${machine}`,
    'build\tGOOS=linux',
    ...(ldflags === undefined ? [] : [`build\t-ldflags=${JSON.stringify(ldflags)}`]),
    'build\tvcs.revision=0f29094e5b73085e3802ecc1298ecae13866bfe6',
  ].join('\n')
  const mark = Buffer.alloc(16, 0x42)
  const info = Buffer.concat([
    Buffer.from('\xff Go buildinf:\x08\x02', 'latin1'),
    Buffer.alloc(16),
    text(Buffer.from('go1.26.5')),
    text(Buffer.concat([mark, Buffer.from(`${lines}\n`), mark])),
  ])
  const names = Buffer.from('\0.rodata\0.go.buildinfo\0.shstrtab\0', 'latin1')
  const at = [64, 64 + rodata.length, 64 + rodata.length + info.length] as const
  const table = at[2] + names.length
  const header = Buffer.alloc(64)
  header.write('\x7fELF\x02\x01\x01', 'latin1')
  header.writeUInt16LE(2, 16)
  header.writeUInt16LE(machine === 'amd64' ? 62 : 183, 18)
  header.writeBigUInt64LE(BigInt(table), 0x28)
  header.writeUInt16LE(64, 0x3a)
  header.writeUInt16LE(4, 0x3c)
  header.writeUInt16LE(3, 0x3e)
  const section = (name: number, offset: number, size: number): Buffer => {
    const entry = Buffer.alloc(64)
    entry.writeUInt32LE(name, 0)
    entry.writeBigUInt64LE(BigInt(offset), 0x18)
    entry.writeBigUInt64LE(BigInt(size), 0x20)
    return entry
  }
  return Buffer.concat([
    header,
    rodata,
    info,
    names,
    section(0, 0, 0),
    section(1, at[0], rodata.length),
    section(9, at[1], info.length),
    section(23, at[2], names.length),
    Buffer.from(tail),
  ])
}

/** Length in groups of seven bits, then the text. */
function text(value: Buffer): Buffer {
  const length: number[] = []
  let rest = value.length
  while (rest >= 0x80) {
    length.push((rest & 0x7f) | 0x80)
    rest >>= 7
  }
  return Buffer.concat([Buffer.from([...length, rest]), value])
}
