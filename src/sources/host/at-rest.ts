import type { HostFs } from './host-fs.js'

/**
 * A host as if nothing ran on it: its processes are hidden, so that what counts is what its files would start. For disks
 * and copies, and to see what a change of files brings about before anything starts anew.
 */
export function atRest(fs: HostFs): HostFs {
  return {
    ...fs,
    async readdir(path) {
      const found = await fs.readdir(path)
      if (path !== '/proc' || !found.ok) return found
      return { ...found, value: found.value.filter((name) => !/^\d+$/.test(name)) }
    },
  }
}
