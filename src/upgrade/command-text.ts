import { shellWord } from '../kube/index.js'
import type { PlannedCommand } from './upgrade-plan.js'

/** A planned command as a shell reads it, line by line. */
export function commandText(command: PlannedCommand): string[] {
  if ('write' in command) {
    const path = shellWord(command.write)
    // The text is Rampart's own and never holds such a line.
    return [
      `cat > ${path} <<'EOF'`,
      ...command.text.replace(/\n$/, '').split('\n'),
      'EOF',
      `chmod ${command.mode} ${path}`,
    ]
  }
  const words = command.run.map(shellWord).join(' ')
  const variables = Object.entries(command.env ?? {}).map(([name, value]) => `${name}=${shellWord(value)} `)
  const line = `${variables.join('')}${words}`
  return [command.output === undefined ? line : `(umask 077; ${line} > ${shellWord(command.output)})`]
}
