import { readExecutableHeader, type ExecutableHeader } from './elf.js'
import { readGoBuildInfo, type GoBuildInfo } from './go-build-info.js'
import type { ByteReader } from './open-binary.js'

/** What a program says of itself, read from its bytes: it is never run. None of it is proof, all of it can be made up. */
export interface BinaryFacts {
  readonly format: ExecutableHeader['format']
  readonly architecture?: string
  readonly os?: string
  /** As the program would print it: `v1.36.2`, `1.6.20~ds1`. */
  readonly version?: string
  /** Where the version was read. */
  readonly versionFrom?: 'linker flag' | 'version text' | 'module'
  /** Import path of a Go program. */
  readonly program?: string
  readonly goVersion?: string
  /** Commit that it was built from, where the build says it. */
  readonly revision?: string
}

/** Reads what a program says of itself. */
export async function readBinaryFacts(file: ByteReader): Promise<BinaryFacts> {
  const header = await readExecutableHeader(file)
  if (header.format === 'unknown') return { format: 'unknown' }
  const info = await readGoBuildInfo(file, header.sections.get('.go.buildinfo'))
  const version = await versionOf(file, header, info)
  const architecture = header.architecture ?? info?.settings.get('GOARCH')
  const os = info?.settings.get('GOOS') ?? (header.format === 'elf' ? 'linux' : undefined)
  const revision = info?.settings.get('vcs.revision')
  return {
    format: header.format,
    ...(architecture === undefined ? {} : { architecture }),
    ...(os === undefined ? {} : { os }),
    ...version,
    ...(info?.path === undefined ? {} : { program: info.path }),
    ...(info === undefined ? {} : { goVersion: info.goVersion }),
    ...(revision === undefined ? {} : { revision }),
  }
}

type Version = Pick<BinaryFacts, 'version' | 'versionFrom'>

async function versionOf(
  file: ByteReader,
  { sections }: ExecutableHeader,
  info: GoBuildInfo | undefined,
): Promise<Version> {
  if (info === undefined) return {}
  const flag = linkedVersion(info.settings.get('-ldflags') ?? '')
  if (flag !== undefined) return { version: flag, versionFrom: 'linker flag' }
  const texts = await versionTexts(file, sections.get('.rodata') ?? { offset: 0, size: file.size })
  const text = chosen(texts)
  if (text !== undefined) return { version: text, versionFrom: 'version text' }
  // A version of the main module is stamped since Go 1.24; one with a time and a commit names no release.
  const module = info.module?.version ?? ''
  return /^v\d+\.\d+\.\d+(?:-(?:alpha|beta|rc)\.\d+)?(?:\+incompatible)?$/.test(module)
    ? { version: module.replace('+incompatible', ''), versionFrom: 'module' }
    : {}
}

/** `-X k8s.io/component-base/version.gitVersion=v1.36.2`, with or without quotes; the first of the names that hold a version. */
function linkedVersion(flags: string): string | undefined {
  const VARIABLE =
    /-X[ =]["']?([\w./~-]{1,300}\.(?:gitVersion|[vV]ersion))=(v?\d{1,4}\.\d{1,4}(?:\.\d{1,4})?[\w.+~-]{0,60})/g
  const found = [...flags.slice(0, 100_000).matchAll(VARIABLE)]
  const wanted = found.find(([, name = '']) => name.endsWith('.gitVersion')) ?? found[0]
  return wanted?.[2]
}

const PIECE = 4 << 20
const OVERLAP = 256
const MOST_TEXTS = 50

/**
 * Texts that the linker put in place of variables (`-X`), which end with a NUL while all other texts of a Go program do
 * not. Builds with -trimpath do not name their linker flags, so that this is all they leave.
 * Source: Go cmd/link/internal/ld/data.go addstrdata, and loader.go Addstring.
 */
async function versionTexts(
  file: ByteReader,
  { offset, size }: { readonly offset: number; readonly size: number },
): Promise<string[]> {
  const texts = new Set<string>()
  for (let at = offset; at < offset + size && texts.size < MOST_TEXTS; at += PIECE) {
    const piece = await file.read(at, Math.min(PIECE + OVERLAP, offset + size - at))

    const VERSION = /(?<=\0)v?\d{1,3}\.\d{1,4}\.\d{1,4}(?:[-+~][0-9A-Za-z.+~_-]{1,60})?(?=\0)/g
    for (const [text] of piece.toString('latin1').matchAll(VERSION)) texts.add(text)
  }
  return [...texts]
}

/** One version, or one and others that lengthen it (containerd keeps its package's revision so); else it is not known. */
function chosen(texts: readonly string[]): string | undefined {
  const withV = texts.filter((text) => text.startsWith('v'))
  const pool = withV.length > 0 ? withV : texts
  const [shortest] = [...pool].sort((left, right) => left.length - right.length)
  return shortest !== undefined && pool.every((text) => text.startsWith(shortest)) ? shortest : undefined
}
