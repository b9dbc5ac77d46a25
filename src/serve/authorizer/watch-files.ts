import { statSync, watch, type FSWatcher } from 'node:fs'

/** Calls back when any of some files or folders may have changed. */
export interface FileWatch {
  close(): void
}

const SETTLE = 200
const POLL = 30_000

/**
 * Watches files: by what the system tells, and every half minute by their times, as some file systems tell nothing.
 * Several changes in a row are one.
 */
export function watchFiles(files: readonly string[], onChange: () => void): FileWatch {
  let timer: NodeJS.Timeout | undefined
  const soon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(onChange, SETTLE)
  }
  const watchers = files.flatMap((file): FSWatcher[] => {
    try {
      const watcher = watch(file, { persistent: false }, soon)
      watcher.on('error', () => watcher.close())
      return [watcher]
    } catch {
      return []
    }
  })
  let seen = stamp(files)
  const poll = setInterval(() => {
    const now = stamp(files)
    if (now !== seen) soon()
    seen = now
  }, POLL)
  poll.unref()
  return {
    close() {
      clearTimeout(timer)
      clearInterval(poll)
      for (const watcher of watchers) watcher.close()
    },
  }
}

function stamp(files: readonly string[]): string {
  return files
    .map((file) => {
      try {
        const { mtimeMs, size, ino } = statSync(file)
        return `${mtimeMs} ${size} ${ino}`
      } catch {
        return 'gone'
      }
    })
    .join('\n')
}
