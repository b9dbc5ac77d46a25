import type { Command } from 'commander'
import type { ListedRun } from '../../actions/journal/index.js'
import { RampartError } from '../../model/index.js'
import type { CommandContext } from '../command-context.js'
import { addRunOptions, type RunOptions } from '../fix/fix-options.js'
import { table } from '../table.js'

/** `rampart fix history [ID]`: all runs, or the steps of one. */
export function registerFixHistory(fix: Command, context: CommandContext): void {
  addRunOptions(fix.command('history [id]'))
    .description('what was carried out and put back, newest first; with an id, step by step')
    .addHelpText(
      'after',
      `\nExamples:\n  rampart fix history\n  rampart fix history 20261126T120000Z-fix-1a2b3c -o json`,
    )
    .action(async (id: string | undefined, _options: unknown, command: Command) => {
      const { output, stateDir } = command.optsWithGlobals<RunOptions & { output?: string }>()
      const { listRuns, stateFolder } = await import('../../actions/journal/index.js')
      const state = stateFolder(stateDir)
      const runs = await listRuns(state, 'fix')
      const shown = id === undefined ? runs : runs.filter((run) => run.id === id)
      if (id !== undefined && shown.length === 0)
        throw new RampartError('no-input', `there is no run \`${id}\` in ${state}`)
      const { terminal } = context
      if (output === 'json') terminal.out(`${JSON.stringify({ runs: shown.map(asJson) }, null, 2)}\n`)
      else if (id !== undefined) terminal.out(shown.map(detail).join(''))
      else terminal.out(runs.length === 0 ? `no run in ${state}\n` : list(runs))
    })
}

function list(runs: readonly ListedRun[]): string {
  return table(
    ['RUN', 'BEGAN', 'STATE', 'ABOUT'],
    runs.map((run) => [run.id, run.began, stateWords(run), run.subject]),
  )
}

function stateWords({ progress, damage }: ListedRun): string {
  if (damage !== undefined || progress === undefined) return 'damaged'
  if (progress.phase === 'open') return 'cut short'
  if (progress.phase === 'rolling-back') return 'cut short while it was put back'
  return progress.outcome ?? 'ended'
}

function detail(run: ListedRun): string {
  const { id, began, subject, progress, damage } = run
  const lines = [`run      ${id}`, `began    ${began}`, `about    ${subject}`, `state    ${stateWords(run)}`]
  if (progress?.reason !== undefined) lines.push(`because  ${progress.reason}`)
  if (damage !== undefined) lines.push(`damage   ${damage}`)
  for (const [step, { state, reason, since, until }] of progress?.steps ?? [])
    lines.push(
      `  ${state.padEnd(8)} ${step}  ${since} - ${until}${reason === undefined ? '' : ` (${reason})`}`,
    )
  return `${lines.join('\n')}\n`
}

/** After `schemas/fix-history.schema.json`. */
function asJson({ progress, ...run }: ListedRun): unknown {
  if (progress === undefined) return run
  // What a step kept is for its way back alone.
  const steps = [...progress.steps].map(([step, { kept: _kept, ...rest }]) => ({ id: step, ...rest }))
  return { ...run, progress: { ...progress, steps } }
}
