import { shellWord } from '../../../kube/index.js'
import type { PlannedCommand } from '../../../upgrade/index.js'

/**
 * The commands of a step as one script that ends at the first failure. What it overwrites is copied before, into the
 * folder of the job (`$d`, which the script is given): that is the way back.
 */
export function hostScript(commands: readonly PlannedCommand[]): string {
  return ['set -e', ...commands.filter(({ on }) => on === 'node').map(commandScript)].join('\n')
}

/** One command as a person would type it. */
export function commandText(command: PlannedCommand): string {
  if ('write' in command) return `write ${command.write} (mode ${command.mode})`
  const output = command.output === undefined ? '' : ` >${shellWord(command.output)}`
  return `${[...assignments(command.env), ...command.run.map(shellWord)].join(' ')}${output}`
}

function assignments(env: Readonly<Record<string, string>> = {}): string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${shellWord(value)}`)
}

function commandScript(command: PlannedCommand, index: number): string {
  if ('run' in command) {
    // What takes an output may hold the keys of the whole cluster.
    return command.output === undefined
      ? commandText(command)
      : `( umask 077; ${[...assignments(command.env), ...command.run.map(shellWord)].join(' ')} >${shellWord(command.output)} )`
  }
  const file = shellWord(command.write)
  // The new text appears as a whole: package managers read the folder while it is written. The name ends in nothing that
  // they read.
  const fresh = shellWord(temporaryBeside(command.write))
  return [
    `if [ -e ${file} ]; then cp -p ${file} "$d/before-${index}"; else : >"$d/absent-${index}"; fi`,
    `mkdir -p ${shellWord(folderOf(command.write))}`,
    `printf '%s' ${shellWord(command.text)} >${fresh}`,
    `chmod ${shellWord(command.mode)} ${fresh}`,
    `mv ${fresh} ${file}`,
  ].join('\n')
}

/** Puts back what a step's job wrote over, from the copies in its folder. A file that was not there goes again. */
export function writtenBack(commands: readonly PlannedCommand[], jobFolder: string, attempt: number): string {
  const lines = commands
    .filter(({ on }) => on === 'node')
    .map((command, index) => {
      if (!('write' in command)) return ''
      const [file, fresh] = [shellWord(command.write), shellWord(temporaryBeside(command.write))]
      return `if [ -e "$d/before-${index}" ]; then cp -p "$d/before-${index}" ${fresh} && mv ${fresh} ${file}
elif [ -e "$d/absent-${index}" ]; then rm -f ${file}; fi`
    })
  return ['set -e', `d=${shellWord(`${jobFolder}/${attempt}`)}`, ...lines].join('\n')
}

/** Whether each file that a step writes has its text. */
export function writtenAsPlanned(commands: readonly PlannedCommand[]): string {
  const lines = commands.map((command) =>
    'write' in command
      ? `printf '%s' ${shellWord(command.text)} | cmp -s - ${shellWord(command.write)} || { echo ${shellWord(command.write)}; exit 1; }`
      : '',
  )
  return [...lines, 'exit 0'].join('\n')
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(1, file.lastIndexOf('/')))
}

function temporaryBeside(file: string): string {
  return `${folderOf(file)}/.${file.slice(file.lastIndexOf('/') + 1)}.rampart-tmp`
}
