import { posix } from 'node:path'
import { found, refused, type FsAnswer, type FsStat, type HostFs } from './host-fs.js'

/** Single steps on paths whose folders hold no links; what `confinedFs` builds on. None of them follows a link. */
export interface PlainFs {
  lstat(path: string): Promise<FsAnswer<FsStat>>
  readText(path: string, limit: number): Promise<FsAnswer<string>>
  readdir(path: string): Promise<FsAnswer<readonly string[]>>
  readlink(path: string): Promise<FsAnswer<string>>
  keepsOwners(): Promise<boolean>
}

/** As many links as Linux follows. Source: path_resolution(7), MAXSYMLINKS. */
const MAX_LINKS = 40
const MAX_LENGTH = 4096

/** Follows links step by step inside the root, so that no path of the host leads out of it. */
export function confinedFs(plain: PlainFs): HostFs {
  const folders = new Set(['/'])

  async function realPath(path: string): Promise<FsAnswer<string>> {
    let steps = stepsOf(path)
    let here = '/'
    let links = 0
    while (steps.length > 0) {
      const step = steps[0] as string
      steps = steps.slice(1)
      if (step === '..') {
        here = posix.dirname(here)
        continue
      }
      const next = posix.join(here, step)
      if (folders.has(next)) {
        here = next
        continue
      }
      const stat = await plain.lstat(next)
      if (!stat.ok) return stat
      if (stat.value.type === 'symlink') {
        const target = await plain.readlink(next)
        if (!target.ok) return target
        links += 1
        if (links > MAX_LINKS || target.value.length > MAX_LENGTH) return refused('loop')
        if (target.value.startsWith('/')) here = '/'
        steps = [...stepsOf(target.value), ...steps]
        continue
      }
      if (stat.value.type === 'directory') folders.add(next)
      else if (steps.length > 0) return refused('missing')
      here = next
    }
    return found(here)
  }

  /** The path with the links of its folders followed, its last step as it is. */
  async function parentReal(path: string): Promise<FsAnswer<string>> {
    const clean = posix.resolve('/', path)
    if (clean === '/') return found('/')
    const parent = await realPath(posix.dirname(clean))
    return parent.ok ? found(posix.join(parent.value, posix.basename(clean))) : parent
  }

  return {
    realPath,
    keepsOwners: () => plain.keepsOwners(),
    async lstat(path) {
      const real = await parentReal(path)
      return real.ok ? plain.lstat(real.value) : real
    },
    async readText(path, limit) {
      const real = await realPath(path)
      return real.ok ? plain.readText(real.value, limit) : real
    },
    async readdir(path) {
      const real = await realPath(path)
      return real.ok ? plain.readdir(real.value) : real
    },
    async readlink(path) {
      const real = await parentReal(path)
      return real.ok ? plain.readlink(real.value) : real
    },
  }
}

function stepsOf(path: string): string[] {
  return path.split('/').filter((step) => step !== '' && step !== '.')
}
