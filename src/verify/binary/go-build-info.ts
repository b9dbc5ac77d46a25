import type { Section } from './elf.js'
import type { ByteReader } from './open-binary.js'

/** What the Go linker writes into every program. */
export interface GoBuildInfo {
  /** `go1.26.5` */
  readonly goVersion: string
  /** Import path of the program: `k8s.io/kubernetes/cmd/kubelet`. */
  readonly path?: string
  readonly module?: { readonly path: string; readonly version: string }
  readonly settings: ReadonlyMap<string, string>
}

/** Source: Go 1.26 debug/buildinfo/buildinfo.go: magic, size of pointers, flags, then two texts of stated length. */
const MAGIC = Buffer.from('\xff Go buildinf:', 'latin1')
const HEADER = 32
const INLINE = 2
const MOST = 4 << 20
const SCANNED = 1 << 20

/**
 * Reads the build information of a Go program (1.18 and newer, whose texts stand in the section itself); undefined where
 * there is none. `section` is `.go.buildinfo`; without it the whole file is looked through.
 */
export async function readGoBuildInfo(
  file: ByteReader,
  section: Section | undefined,
): Promise<GoBuildInfo | undefined> {
  if (section !== undefined) return parseAt(await file.read(section.offset, Math.min(section.size, MOST)))
  // DIFFERS: Go looks only where data may stand; a program that holds the mark as a text itself fails to parse there.
  for (let offset = 0; offset < file.size; offset += SCANNED) {
    const chunk = await file.read(offset, SCANNED + HEADER)
    for (let at = chunk.indexOf(MAGIC); at >= 0; at = chunk.indexOf(MAGIC, at + 1)) {
      if ((offset + at) % 16 !== 0) continue
      const info = parseAt(await file.read(offset + at, MOST))
      if (info !== undefined) return info
    }
  }
  return undefined
}

function parseAt(data: Buffer): GoBuildInfo | undefined {
  if (data.length < HEADER || !data.subarray(0, MAGIC.length).equals(MAGIC)) return undefined
  if (((data[15] ?? 0) & INLINE) === 0) return undefined
  const version = textAt(data, HEADER)
  if (version === undefined || !/^(?:go\d|devel)/.test(version.text)) return undefined
  const module = textAt(data, version.end)?.text ?? ''
  // The module text stands between two marks of 16 bytes.
  return { goVersion: version.text.slice(0, 100), ...linesOf(module.slice(16, -16)) }
}

/** Length in groups of seven bits, low ones first, then the text. */
function textAt(data: Buffer, start: number): { readonly text: string; readonly end: number } | undefined {
  let length = 0
  for (let step = 0; step < 5; step += 1) {
    const byte = data[start + step]
    if (byte === undefined) return undefined
    length += (byte & 0x7f) * 2 ** (7 * step)
    if ((byte & 0x80) !== 0) continue
    const begin = start + step + 1
    return begin + length > data.length
      ? undefined
      : { text: data.toString('utf8', begin, begin + length), end: begin + length }
  }
  return undefined
}

/** Lines of `runtime/debug.BuildInfo`: `path X`, `mod PATH VERSION SUM`, `build KEY=VALUE`, fields apart by tabs. */
function linesOf(text: string): Omit<GoBuildInfo, 'goVersion'> {
  const settings = new Map<string, string>()
  let path: string | undefined
  let module: GoBuildInfo['module']
  for (const line of text.split('\n')) {
    const [kind, first = '', second = ''] = line.split('\t')
    if (kind === 'path') path = first
    else if (kind === 'mod') module = { path: first, version: second }
    else if (kind === 'build') {
      const equals = first.indexOf('=')
      if (equals > 0)
        settings.set(first.slice(0, equals), unquoted(line.slice('build\t'.length + equals + 1)))
    }
  }
  return { settings, ...(path === undefined ? {} : { path }), ...(module === undefined ? {} : { module }) }
}

/** Values with blanks are quoted as Go writes strings. */
function unquoted(value: string): string {
  if (!value.startsWith('"')) return value
  try {
    return String(JSON.parse(value))
  } catch {
    return value
  }
}
