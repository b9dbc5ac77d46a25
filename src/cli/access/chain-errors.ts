import type { ConfigError } from '../../access/index.js'
import { RampartError, type FilePlace } from '../../model/index.js'

/** `authz.yaml:12:5`. */
export function placeText({ file, line, column, host }: FilePlace): string {
  const at = line === undefined ? '' : column === undefined ? `:${line}` : `:${line}:${column}`
  return `${file}${at}${host === undefined ? '' : ` on ${host}`}`
}

/** Ends the command with everything for which the API server would not start; without errors it does nothing. */
export function refuse(errors: readonly Pick<ConfigError, 'message' | 'place'>[], what: string): void {
  if (errors.length === 0) return
  // A flag of the command line is named by the message itself.
  const where = (place: FilePlace): string => (place.file.startsWith('--') ? '' : `${placeText(place)}: `)
  const lines = errors.map(({ message, place }) => `  ${where(place)}${message}`)
  throw new RampartError(
    'unreadable-input',
    `an API server does not start with ${what}:\n${lines.join('\n')}`,
  )
}
