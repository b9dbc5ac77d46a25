import type { Estate } from '../../model/index.js'
import type { Machine } from './machine/machine.js'

const VALIDATE_MS = 30_000

/**
 * Why dockerd would not start with its files as they are now, in its own words: asked by `--validate` with the arguments of
 * its unit. Undefined where it would, where those arguments are not all known, and before 23.0, which has no `--validate`.
 */
export async function dockerdRefusal(
  host: string,
  estate: Estate,
  machine: Machine,
): Promise<string | undefined> {
  const command = estate.hosts
    .find(({ name }) => name === host)
    ?.commands.find(({ component, source }) => component === 'dockerd' && source === 'unit')
  if (command === undefined || command.cut === true || (command.unresolved ?? []).length > 0) return undefined
  const words = [command.executable, '--validate', ...command.args.map(({ value }) => value)]
  const { status, stdout, stderr, timedOut } = await machine.run(words, VALIDATE_MS)
  const said = (stderr.trim() || stdout.trim()).split('\n').slice(-3).join(' ')
  if (status === 0 || status === undefined || timedOut || said.includes('unknown flag: --validate'))
    return undefined
  return said
}
