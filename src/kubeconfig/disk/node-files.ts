import { readFileSync, statSync } from 'node:fs'
import type { KubeconfigFiles } from '../load/kubeconfig-files.js'

/** No kubeconfig and no certificate is larger; a device that never ends is not read. */
const LARGEST = 64 * 1024 * 1024

/** The files of this machine. */
export function nodeFiles(cwd: string): KubeconfigFiles {
  return {
    cwd,
    read: (file) => {
      const { size } = statSync(file)
      if (size > LARGEST) throw new Error('the file is larger than 64 MiB')
      return readFileSync(file)
    },
    isFile: (file) => statSync(file, { throwIfNoEntry: false }) !== undefined,
  }
}
