import type { Host, HostFile } from '../model/index.js'

/** What is known of who may replace a file. */
export interface Writability {
  /** The file or folder itself and folders above it that others than root may write. */
  readonly writable: readonly HostFile[]
  /** Places whose mode the source does not hold. */
  readonly unseen: readonly string[]
}

/**
 * Whether others than root may change what stands at a path: the place itself or a folder on the way to it is writable by
 * its group or by everyone, or belongs to a user. A sticky folder protects what is in it, but not itself. Links are judged
 * as what they point at; who may write the folder of a link may point it elsewhere.
 */
export function writableByOthers(host: Host, path: string): Writability {
  const writable: HostFile[] = []
  const unseen: string[] = []
  const { end, folders } = wayTo(host, path)
  for (const place of [end, ...folders]) {
    const { file } = place
    if (file?.mode === undefined || file.uid === undefined) unseen.push(place.path)
    else if (mayWrite(file, place !== end)) writable.push(file)
  }
  return { writable, unseen }
}

function mayWrite(file: HostFile, parent: boolean): boolean {
  const mode = file.mode ?? 0
  if ((file.uid ?? 0) !== 0 && (mode & 0o200) !== 0) return true
  if (parent && (mode & 0o1000) !== 0) return false
  return (mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && (file.gid ?? 0) !== 0)
}

/** A path without links in it, and what is known of it. */
export interface Place {
  readonly path: string
  readonly file: HostFile | undefined
}

/** Where a path ends once its links are followed, and every folder in which a step of the way stands, `/` last. */
export function wayTo(host: Host, path: string): { readonly end: Place; readonly folders: readonly Place[] } {
  const places = new Map<string, Place>()
  // Readers keep files under the path that they took: behind a linked folder that is not the real one.
  const arrive = (real: string, taken: string): Place => {
    const place = { path: real, file: host.files.get(real) ?? host.files.get(taken) }
    if (!places.has(real)) places.set(real, place)
    return place
  }
  let end = arrive('/', '/')
  const followed = new Set<HostFile>()
  let here = ''
  let steps: readonly Step[] = stepsOf(path, '')
  while (steps.length > 0) {
    const [step, ...rest] = steps
    steps = rest
    if (step === undefined || step.name === '.') continue
    if (step.name === '..') {
      here = here.slice(0, Math.max(0, here.lastIndexOf('/')))
      continue
    }
    const next = `${here}/${step.name}`
    const file = host.files.get(next) ?? host.files.get(step.taken)
    if (file?.type === 'symlink' && file.target !== undefined && !followed.has(file)) {
      followed.add(file)
      if (file.target.startsWith('/')) here = ''
      // What is known of a link is what is known of its end; each is followed once, so a circle ends.
      const target = stepsOf(file.target, here)
      steps = [
        ...target.slice(0, -1),
        ...target.slice(-1).map(({ name }) => ({ name, taken: step.taken })),
        ...rest,
      ]
      continue
    }
    here = next
    end = arrive(here, step.taken)
  }
  places.delete(end.path)
  return { end, folders: [...places.values()].reverse() }
}

interface Step {
  readonly name: string
  /** The path so far as it was given. */
  readonly taken: string
}

function stepsOf(path: string, from: string): Step[] {
  let taken = from
  return path
    .split('/')
    .filter(Boolean)
    .map((name) => ({ name, taken: (taken = `${taken}/${name}`) }))
}

/** `0775 1000:1000`. */
export function describeMode(file: HostFile): string {
  return `${(file.mode ?? 0).toString(8).padStart(4, '0')} ${file.uid ?? '?'}:${file.gid ?? '?'}`
}
