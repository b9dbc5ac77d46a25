import type { UpgradeOutcome, UpgradeReport } from '../../actions/upgrade/index.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'
import { outcomeText, reportText } from './report-text.js'
import type { RunOptions } from './run-options.js'

/** Prints the report of a run and how the work on it ended, and sets the exit code. */
export async function finish(
  outcome: UpgradeOutcome,
  run: string,
  state: string,
  { output }: RunOptions,
  { terminal, setExit }: CommandContext,
): Promise<void> {
  const report = await readReport(state, run)
  if (output === 'json') terminal.out(`${JSON.stringify({ type: 'end', ...outcome, report })}\n`)
  else terminal.out(`\n${reportText(report)}${outcomeText(outcome, run)}`)
  if (outcome.kind === 'stopped') setExit(EXIT.notRolledBack)
  if (outcome.kind === 'put-back' && outcome.left.length > 0) setExit(EXIT.notRolledBack)
}

/** The report of a run of this machine. */
export async function readReport(state: string, id: string): Promise<UpgradeReport> {
  const { reportOfRun } = await import('../../actions/upgrade/index.js')
  return reportOfRun(state, id)
}
