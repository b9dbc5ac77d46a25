import { accessSync, constants, statSync } from 'node:fs'
import path from 'node:path'

/**
 * The file that a command would run: a path as it is, a bare name from PATH. Parts of PATH that are no absolute paths are
 * passed over, so that nothing runs because it lies in the working folder.
 * Source: Go os/exec/lp_unix.go, LookPath and ErrDot.
 */
export function findProgram(command: string, searchPath: string): string | undefined {
  if (command.includes(path.sep)) return isProgram(command) ? command : undefined
  return searchPath
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, command))
    .find(isProgram)
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
