import { existsSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs'
import path from 'node:path'

const CGROUPS = '/sys/fs/cgroup'

/** The folders of one control group: one in each hierarchy of version 1, one in all of version 2. */
function cgroupFolders(name: string): string[] {
  const version2 = existsSync(path.join(CGROUPS, 'cgroup.controllers'))
  const hierarchies = version2 ? [''] : foldersIn(CGROUPS)
  return hierarchies.map((hierarchy) => path.join(CGROUPS, hierarchy, name))
}

/** Makes the group below which a kubelet puts those of its pods. */
export function makeCgroups(name: string): void {
  for (const folder of cgroupFolders(name)) mkdirSync(folder, { recursive: true })
}

/** Removes the groups of a node whose processes were killed: they are empty as soon as the kernel is done with those. */
export async function removeCgroups(name: string): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    const left = cgroupFolders(name).filter((folder) => existsSync(folder))
    if (left.length === 0) return
    left.forEach(removeFolders)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** The same, of all nodes of a cluster that has ended: their groups' names begin with its folder's. */
export function removeCgroupsBelow(cluster: string): void {
  const names = new Set(
    ['', ...foldersIn(CGROUPS)]
      .flatMap((hierarchy) => foldersIn(path.join(CGROUPS, hierarchy)))
      .filter((name) => name.startsWith(`${cluster}-`)),
  )
  for (const name of names) cgroupFolders(name).forEach(removeFolders)
}

function removeFolders(folder: string): void {
  for (const name of foldersIn(folder)) removeFolders(path.join(folder, name))
  try {
    rmdirSync(folder)
  } catch {
    // A process in it has not quite ended.
  }
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
  } catch {
    return []
  }
}
