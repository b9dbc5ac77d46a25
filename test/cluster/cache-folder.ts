import { homedir } from 'node:os'
import path from 'node:path'

/** The folder for what is built or fetched once and used by every checkout: below the user's cache folder. */
export function cacheFolder(...below: string[]): string {
  const base = process.env['XDG_CACHE_HOME'] ?? ''
  return path.join(path.isAbsolute(base) ? base : path.join(homedir(), '.cache'), 'rampart', ...below)
}
