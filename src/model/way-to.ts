import type { Host, HostFile } from './host.js'

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
