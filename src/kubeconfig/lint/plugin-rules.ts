import path from 'node:path'
import { visibleHint } from '../resolve/visible-hint.js'
import type { LintFile } from './lint-file.js'

/** Which program would run, and who could put another in its place. Nothing is run. */
export function lintPlugins(file: LintFile): void {
  for (const { name, path: at, entry } of file.users) {
    const { exec } = entry
    if (exec === undefined) continue
    const say = (
      rule: string,
      level: 'error' | 'warning' | 'hint',
      key: string,
      message: string,
      fix: string,
    ): void => file.report({ rule, level, subject: `user ${name}`, message, fix }, [...at, 'exec', key])
    const isPath = exec.command.includes(path.sep)
    const program = isPath ? file.resolve(exec.command) : file.world.findProgram(exec.command)
    const shown = [exec.command, ...hideSecrets(exec.args ?? [])].join(' ')
    const which = isPath || program === undefined ? '' : `, which is \`${program}\``
    say(
      'exec-plugin',
      'warning',
      'command',
      `every command runs \`${shown}\`${which}`,
      'make sure that you know this program',
    )
    const facts = program === undefined ? undefined : file.world.facts(program)
    if (facts === undefined)
      say(
        'exec-plugin-missing',
        'error',
        'command',
        isPath ? `\`${program ?? ''}\` is not there` : `\`${exec.command}\` is not in PATH`,
        'install it, or give its path',
      )
    else if ((facts.mode & 0o022) !== 0)
      say(
        'exec-plugin-writable',
        'error',
        'command',
        `others can change \`${program ?? ''}\``,
        `chmod go-w ${program ?? ''}`,
      )
    if (exec.installHint !== visibleHint(exec.installHint))
      say('exec-hint', 'error', 'installHint', 'holds signs that act on a terminal', 'take them out')
    if (entry.authProvider !== undefined)
      say(
        'two-credentials',
        'error',
        'command',
        'exec and auth-provider are both set: kubectl refuses that',
        'keep one',
      )
    lintVersion(exec, say)
  }
}

function lintVersion(
  exec: NonNullable<LintFile['users'][number]['entry']['exec']>,
  say: (rule: string, level: 'error', key: string, message: string, fix: string) => void,
): void {
  if (exec.command === '')
    say('exec-plugin-fields', 'error', 'command', 'there is no command', 'name the program')
  if (!/^client\.authentication\.k8s\.io\/v1(?:beta1)?$/.test(exec.apiVersion))
    say(
      'exec-plugin-fields',
      'error',
      'apiVersion',
      `kubectl takes client.authentication.k8s.io/v1 and v1beta1, not \`${exec.apiVersion}\``,
      'use the version that the program speaks',
    )
  else if (!['Never', 'IfAvailable', 'Always'].includes(exec.interactiveMode))
    say(
      'exec-plugin-fields',
      'error',
      'interactiveMode',
      'has to be Never, IfAvailable or Always',
      'use IfAvailable where the program may ask',
    )
}

/** What stands behind flags named like secrets is not shown. */
function hideSecrets(args: readonly string[]): string[] {
  const secret = /^--?[\w-]*(?:secret|password|token|key)\b/i
  return args.map((argument, index) => {
    const [flag = '', ...value] = argument.split('=')
    if (value.length > 0) return secret.test(flag) ? `${flag}=********` : argument
    return secret.test(args[index - 1] ?? '') && !argument.startsWith('-') ? '********' : argument
  })
}
