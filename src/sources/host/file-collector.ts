import { posix } from 'node:path'
import type { HostFile, Problem, ProblemCode } from '../../model/index.js'
import { privateKeyFingerprints } from '../../pki/index.js'
import { redactHostText } from '../../text/index.js'
import { refusalText, type FsRefusal, type FsStat, type HostFs } from './host-fs.js'
import { mayHoldKeyAlone, mayHoldPrivateKey } from './secret-names.js'

/** How much of a host is read at most. */
export interface Limits {
  readonly files: number
  /** Bytes of one file, and of all texts together. */
  readonly fileBytes: number
  readonly totalBytes: number
  /** Names in one folder, and how deep folders nest. */
  readonly names: number
  readonly depth: number
}

export const LIMITS: Limits = {
  files: 20_000,
  fileBytes: 4 * 1024 * 1024,
  totalBytes: 128 * 1024 * 1024,
  names: 5_000,
  depth: 8,
}

/** Files of private keys are small. */
const KEY_FILE_BYTES = 256 * 1024

/**
 * Collects files of a host: mode and owner of each path and of all folders above it, texts without their secrets.
 * Every limit and every refusal but absence becomes a Problem.
 */
export class FileCollector {
  readonly files = new Map<string, HostFile>()
  readonly problems: Problem[] = []
  private readonly missing = new Set<string>()
  private readonly asked = new Set<string>()
  private total = 0
  private full = false
  private textsFull = false
  private owners: boolean | undefined

  constructor(
    readonly fs: HostFs,
    private readonly host: string,
    private readonly limits: Limits = LIMITS,
  ) {}

  /** Mode and owner of a path and its folders; undefined when there is no such file. */
  async look(path: string): Promise<HostFile | undefined> {
    const clean = posix.resolve('/', path)
    const known = this.files.get(clean)
    if (known !== undefined || this.missing.has(clean)) return known
    if (clean !== '/' && (await this.look(posix.dirname(clean))) === undefined) {
      this.missing.add(clean)
      return undefined
    }
    const stat = await this.fs.lstat(clean)
    if (!stat.ok) {
      if (stat.refusal !== 'missing') return this.unreadable({ path: clean, type: 'other' }, stat.refusal)
      this.missing.add(clean)
      return undefined
    }
    this.owners ??= await this.fs.keepsOwners()
    return stat.value.type === 'symlink' ? this.lookAtLink(clean) : this.put(clean, stat.value)
  }

  /**
   * As `look`, with the text where it is a regular file whose content may be seen. `keep` takes out what must not be
   * kept; undefined when the text is not what it should be.
   */
  async read(
    path: string,
    keep: (text: string) => string | undefined = redactHostText,
  ): Promise<HostFile | undefined> {
    const file = await this.look(path)
    if (file === undefined || this.asked.has(file.path) || file.type === 'directory') return file
    this.asked.add(file.path)
    if (file.unreadable !== undefined) return file
    if (mayHoldKeyAlone(file.path)) return mayHoldPrivateKey(file.path) ? this.readPublicKeys(file) : file
    if (file.type !== 'symlink') return file.type === 'file' ? this.readInto(file, keep) : file
    const real = await this.fs.realPath(file.path)
    const target = real.ok ? await this.read(real.value, keep) : undefined
    const { text, unreadable, publicKeys } = target ?? {}
    const keys = publicKeys === undefined ? {} : { publicKeys }
    if (text !== undefined) return this.remember({ ...file, text, ...keys })
    return unreadable === undefined ? file : this.remember({ ...file, unreadable })
  }

  /** Names in a folder in the order of their bytes; undefined when there is no such folder. */
  async list(path: string): Promise<readonly string[] | undefined> {
    const folder = await this.look(path)
    if (folder === undefined || folder.type === 'file') return undefined
    const names = await this.fs.readdir(folder.path)
    if (!names.ok) {
      if (names.refusal !== 'missing') this.problem('unreadable', folder.path, refusalText(names.refusal))
      return undefined
    }
    if (names.value.length <= this.limits.names) return names.value
    this.problem(
      'too-large',
      folder.path,
      `it holds more than ${this.limits.names} names; the rest is left out`,
    )
    return names.value.slice(0, this.limits.names)
  }

  /** Reads a folder's files, and those of folders below it down to `depth` (0: this folder alone). */
  async readFolder(
    path: string,
    depth: number,
    wanted: (name: string) => boolean = () => true,
  ): Promise<void> {
    for (const name of (await this.list(path)) ?? []) {
      const inner = posix.join(path, name)
      const file = await this.look(inner)
      if (file?.type === 'directory') {
        if (depth > 0) await this.readFolder(inner, depth - 1, wanted)
      } else if (wanted(name)) await this.read(inner)
    }
  }

  problem(code: ProblemCode, path: string, why: string): void {
    this.problems.push({
      code,
      message: `\`${path}\` cannot be read: ${why}`,
      place: { file: path, host: this.host },
      level: 'error',
    })
  }

  private put(path: string, stat: FsStat): HostFile | undefined {
    if (this.files.size >= this.limits.files) {
      if (!this.full)
        this.problem('too-large', path, `more than ${this.limits.files} files; the rest is left out`)
      this.full = true
      return undefined
    }
    const { type, mode, uid, gid, size, modified } = stat
    const owners = this.owners === true ? { mode, uid, gid, modified } : {}
    return this.remember({ path, type, size, ...owners })
  }

  /** A link's own mode means nothing, so mode and owner are those of what it points at. */
  private async lookAtLink(path: string): Promise<HostFile | undefined> {
    const target = await this.fs.readlink(path)
    const written = target.ok ? { target: target.value } : {}
    const real = await this.fs.realPath(path)
    if (!real.ok) {
      if (real.refusal === 'loop') this.problem('loop', path, refusalText('loop'))
      const unreadable =
        real.refusal === 'missing' ? 'what it points at does not exist' : refusalText(real.refusal)
      return this.remember({ path, type: 'symlink', ...written, unreadable })
    }
    const end = await this.look(real.value)
    if (end === undefined) return undefined
    return this.remember({ ...end, path, type: 'symlink', ...written })
  }

  private remember(file: HostFile): HostFile {
    this.files.set(file.path, file)
    return file
  }

  /** Which public keys the private keys of a file belong to. A file that may not be read is no problem here. */
  private async readPublicKeys(file: HostFile): Promise<HostFile> {
    if (file.type !== 'file' && file.type !== 'symlink') return file
    const text = await this.fs.readText(file.path, KEY_FILE_BYTES)
    const publicKeys = text.ok ? privateKeyFingerprints(text.value) : []
    return publicKeys.length === 0 ? file : this.remember({ ...file, publicKeys })
  }

  private async readInto(file: HostFile, keep: (text: string) => string | undefined): Promise<HostFile> {
    if (this.total >= this.limits.totalBytes) return this.leftOut(file)
    const text = await this.fs.readText(file.path, this.limits.fileBytes)
    if (!text.ok) return this.unreadable(file, text.refusal)
    if (text.value.includes('\0')) return this.unreadable(file, 'not-text')
    this.total += text.value.length
    const kept = keep(text.value)
    if (kept === undefined) return this.unreadable(file, 'not-text')
    const publicKeys = privateKeyFingerprints(text.value)
    return this.remember({ ...file, text: kept, ...(publicKeys.length === 0 ? {} : { publicKeys }) })
  }

  /** One problem stands for all texts behind the limit. */
  private leftOut(file: HostFile): HostFile {
    const why = 'the texts of this host are larger than is read altogether'
    if (!this.textsFull) this.problem('too-large', file.path, `${why}; this and further ones are left out`)
    this.textsFull = true
    return this.remember({ ...file, unreadable: why })
  }

  private unreadable(file: HostFile, refusal: FsRefusal, why = refusalText(refusal)): HostFile {
    const codes: Partial<Record<FsRefusal, ProblemCode>> = {
      'too-large': 'too-large',
      'not-text': 'not-text',
      'not-a-file': 'not-a-file',
      loop: 'loop',
    }
    this.problem(codes[refusal] ?? 'unreadable', file.path, why)
    return this.remember({ ...file, unreadable: why })
  }
}
