import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { diskFs } from './disk-fs.js'

/** Any one of them makes a folder look like a host's root. */
const SIGNS = [
  '/etc/kubernetes',
  '/etc/docker',
  '/etc/rancher',
  '/etc/systemd/system',
  '/etc/hostname',
  '/etc/passwd',
  '/etc/os-release',
  '/var/lib/kubelet',
  '/var/lib/rancher',
  '/var/snap/microk8s',
]

/** Folders that are looked into at most, so that a large tree of manifests costs little. */
const MAX_FOLDERS = 1_000

/** Whether a folder of this machine looks like the root of a host (a copy or a mounted disk). */
export async function isHostRoot(dir: string): Promise<boolean> {
  const fs = diskFs(dir)
  for (const sign of SIGNS) if ((await fs.lstat(sign)).ok) return true
  const pids = await fs.readdir('/proc')
  if (!pids.ok) return false
  for (const pid of pids.value.filter((name) => /^\d+$/.test(name)).slice(0, 100)) {
    if ((await fs.lstat(`/proc/${pid}/cmdline`)).ok) return true
  }
  return false
}

/** Host roots in a folder: itself, or those up to two levels below it (`DIR/hosts/NAME`), in the order of their names. */
export async function findHostRoots(dir: string): Promise<string[]> {
  const budget = { left: MAX_FOLDERS }
  return rootsIn(dir, 2, budget)
}

async function rootsIn(dir: string, depth: number, budget: { left: number }): Promise<string[]> {
  if (budget.left <= 0) return []
  budget.left -= 1
  if (await isHostRoot(dir)) return [dir]
  if (depth === 0) return []
  const found: string[] = []
  for (const name of await subfolders(dir))
    found.push(...(await rootsIn(path.join(dir, name), depth - 1, budget)))
  return found
}

async function subfolders(dir: string): Promise<string[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true })
    const folders = entries.filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    return folders
      .map((entry) => entry.name)
      .filter((name) => !name.startsWith('.'))
      .sort()
  } catch {
    return []
  }
}
