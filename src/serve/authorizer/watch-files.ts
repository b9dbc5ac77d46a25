import { readdirSync, statSync, watch, type FSWatcher } from 'node:fs'
import path from 'node:path'

/** Calls back when any of some files or folders may have changed. */
export interface FileWatch {
  close(): void
}

const SETTLE = 200
const POLL = 10_000

/**
 * Watches files and folders: by what the system tells of the folders that they stand in, so that a file that is replaced
 * is still seen, and from time to time by their times, as some file systems tell nothing. Several changes in a row are
 * one.
 */
export function watchFiles(files: readonly string[], onChange: () => void): FileWatch {
  let timer: NodeJS.Timeout | undefined
  let seen = stamp(files)
  const look = (): void => {
    const now = stamp(files)
    if (now === seen) return
    seen = now
    onChange()
  }
  const soon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(look, SETTLE)
  }
  const watchers = watchable(files).flatMap(([folder, recursive]): FSWatcher[] => {
    try {
      const watcher = watch(folder, { persistent: false, recursive }, soon)
      watcher.on('error', () => watcher.close())
      return [watcher]
    } catch {
      return []
    }
  })
  const poll = setInterval(look, POLL)
  poll.unref()
  return {
    close() {
      clearTimeout(timer)
      clearInterval(poll)
      for (const watcher of watchers) watcher.close()
    },
  }
}

/** Folders to watch: those that are named with all that is in them, and those that named files stand in. */
function watchable(files: readonly string[]): [string, boolean][] {
  const folders = new Map<string, boolean>()
  for (const file of files) {
    const isFolder = statSync(file, { throwIfNoEntry: false })?.isDirectory() === true
    const folder = isFolder ? file : path.dirname(file)
    folders.set(folder, isFolder || folders.get(folder) === true)
  }
  return [...folders]
}

function stamp(files: readonly string[]): string {
  return files.flatMap((file) => stampOf(file)).join('\n')
}

/** Folders that lead to themselves end somewhere. */
const DEEPEST = 8

function stampOf(file: string, depth = 0): string[] {
  try {
    const stats = statSync(file)
    if (!stats.isDirectory() || depth === DEEPEST)
      return [`${file} ${stats.mtimeMs} ${stats.size} ${stats.ino}`]
    return readdirSync(file)
      .sort()
      .flatMap((name) => stampOf(path.join(file, name), depth + 1))
  } catch {
    return [`${file} gone`]
  }
}
