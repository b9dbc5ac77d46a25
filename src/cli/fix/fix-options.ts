import { isAbsolute, resolve } from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import type { FixPlan, PlanSubject } from '../../actions/fix/index.js'
import type { RunObserver } from '../../actions/journal/index.js'
import { RampartError } from '../../model/index.js'
import type { CommandContext } from '../command-context.js'
import { auditedEstate, type AuditedEstate } from '../configured-audit.js'

/** Where runs are kept, and how long a service may take. */
export interface RunOptions {
  readonly stateDir?: string
  readonly healthTimeout?: number
}

/** Adds the options of every command that carries out or puts back. */
export function addRunOptions(command: Command): Command {
  return command
    .option(
      '--state-dir <dir>',
      'where runs and backups are kept (default: $RAMPART_STATE_DIR, /var/lib/rampart for root)',
    )
    .option(
      '--health-timeout <seconds>',
      'how long a service may take to answer after its restart',
      (text) => {
        const seconds = Number(text)
        if (!Number.isInteger(seconds) || seconds < 1 || seconds > 3600)
          throw new InvalidArgumentError('It must be a whole number of seconds from 1 to 3600.')
        return seconds
      },
      120,
    )
}

/** Audits the subject of a plan, as it was audited when the plan was made. */
export async function auditSubject(
  subject: PlanSubject,
  context: CommandContext,
  alsoCheck: readonly string[] = [],
): Promise<AuditedEstate> {
  const live = new Set(subject.hosts.flatMap(({ root, live: runs }) => (runs ? [root] : [])))
  return auditedEstate(
    subject.paths,
    {
      hostRoot: subject.hosts.map(({ root }) => root),
      isAtRest: (root) => !live.has(resolve(root)),
      config: subject.config ?? false,
      checks: [...subject.userChecks],
      alsoCheck: [...(subject.checks ?? []), ...alsoCheck],
    },
    context,
  )
}

/** The doors of a run: the state folder, the audit again, what is told while it works. */
export async function doorsOf(options: RunOptions, context: CommandContext, quiet: boolean) {
  const { stateFolder } = await import('../../actions/journal/index.js')
  const { readEstate } = await import('../../sources/index.js')
  const interrupted = new AbortController()
  const stop = (): void => {
    context.terminal.err('stopping after this step; a second Ctrl-C ends at once\n')
    interrupted.abort()
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const observer: RunObserver = {
    event({ kind, title, reason }) {
      if (quiet) return
      if (kind === 'acting') context.terminal.err(`  ${title ?? ''} ...\n`)
      if (kind === 'failed') context.terminal.err(`  failed: ${reason ?? ''}\n`)
      if (kind === 'rolling-back') context.terminal.err('putting everything back\n')
      if (kind === 'undo-failed') context.terminal.err(`  not put back: ${title ?? ''}: ${reason ?? ''}\n`)
    },
  }
  return {
    state: stateFolder(options.stateDir),
    audit: async (plan: FixPlan) => (await auditSubject(plan.subject, context)).result,
    readHost: (root: string) => readEstate({ hostRoots: [root] }),
    observer,
    signal: interrupted.signal,
    healthMs: (options.healthTimeout ?? 120) * 1000,
  }
}

/** `kubelet=systemctl restart kubelet` as name and words; a shell is named like any other program. */
export function restartCommands(given: readonly string[]): Map<string, readonly string[]> {
  const commands = new Map<string, readonly string[]>()
  for (const text of given) {
    const [name = '', ...rest] = text.split('=')
    const words = wordsOf(rest.join('='))
    if (!/^[\w.@-]+$/.test(name) || words === undefined || words.length === 0)
      throw new RampartError(
        'usage',
        `--restart-command \`${text}\`: write NAME=COMMAND, as 'kubelet=systemctl restart kubelet'`,
      )
    commands.set(name, words)
  }
  return commands
}

/** Words as a shell splits them, with quotes and nothing else; undefined where a quote does not end. */
function wordsOf(text: string): string[] | undefined {
  const words: string[] = []
  const pattern = /\s*((?:[^\s'"]|'[^']*'|"[^"]*")+)/gy
  let end = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    words.push(
      (match[1] ?? '').replace(
        /'([^']*)'|"([^"]*)"/g,
        (_whole, one?: string, two?: string) => one ?? two ?? '',
      ),
    )
    end = pattern.lastIndex
  }
  return text.slice(end).trim() === '' ? words : undefined
}

/** A path as a later process finds it too. */
export function absolute(path: string): string {
  return isAbsolute(path) ? path : resolve(path)
}
