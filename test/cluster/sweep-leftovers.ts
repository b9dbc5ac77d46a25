import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { removeCgroupsBelow } from './node-cgroups.js'

/** Begins the name of each cluster's folder. */
export const FOLDER_PREFIX = 'rampart-cluster-'
const OWNER = 'owner.pid'

/** Says whose a folder is. */
export function markFolder(folder: string): void {
  writeFileSync(path.join(folder, OWNER), String(process.pid))
}

/**
 * Removes what clusters left behind whose process was killed: the kernel ended their components, but not their folders
 * and empty control groups.
 */
export function sweepLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const folder = path.join(tmpdir(), name)
    if (!name.startsWith(FOLDER_PREFIX) || !isAbandoned(folder)) continue
    removeCgroupsBelow(name)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A folder without a mark belongs to a cluster that begins just now. */
function isAbandoned(folder: string): boolean {
  try {
    const owner = Number(readFileSync(path.join(folder, OWNER), 'utf8'))
    if (!Number.isInteger(owner) || owner < 1) return false
    process.kill(owner, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
