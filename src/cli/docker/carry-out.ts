import type { DockerTlsPlan, Inventory, ProbedDaemon } from '../../actions/docker-tls/index.js'
import type { RunEvent } from '../../actions/journal/index.js'
import { RampartError } from '../../model/index.js'
import type { Issued } from '../../pki/index.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'
import { untilStopped } from '../until-stopped.js'

export interface CarryOut {
  readonly plan: DockerTlsPlan
  readonly inventory: Inventory | undefined
  readonly state: string
  readonly output: 'text' | 'json'
  readonly apply: boolean
  readonly withinMs: number
  readonly authority?: Issued
  readonly passphrase?: string
}

/** Shows a plan, and with `--apply` carries it out and says how it ended. */
export async function carryOut(options: CarryOut, context: CommandContext): Promise<void> {
  const { plan, output, apply } = options
  const { terminal } = context
  const { restartWords } = await import('../../actions/docker-tls/index.js')
  const { planText } = await import('./plan-text.js')
  if (output === 'text') {
    const restart = plan.restart === undefined ? '' : restartWords(plan.restart)
    terminal.out(planText(plan, { restart, applied: apply }))
    if (!apply) terminal.out('\nNothing was changed: add --apply.\n')
  } else if (!apply) {
    const { dockerTlsJson } = await import('./tls-json.js')
    terminal.out(dockerTlsJson(plan))
  }
  if (apply) await act(options, context)
}

async function act(options: CarryOut, context: CommandContext): Promise<void> {
  const { output, plan } = options
  const { terminal } = context
  const { runDockerTls } = await import('../../actions/docker-tls/index.js')
  const { probeText } = await import('./plan-text.js')
  const probed: ProbedDaemon[] = []
  const stopping = untilStopped()
  const outcome = await runDockerTls({
    ...options,
    signal: stopping.signal,
    observer: { event: (event) => terminal.err(eventLine(event)) },
    onProbed: (each) => void probed.push(each),
  }).finally(() => stopping.forget())
  if (output === 'json') {
    const { dockerTlsJson } = await import('./tls-json.js')
    terminal.out(dockerTlsJson(plan, { outcome, probes: probed }))
  } else {
    for (const each of probed) terminal.out(`\n${probeText(each)}`)
  }
  if (outcome.kind === 'done') {
    if (output === 'text') terminal.out(doneText(plan, probed))
    return
  }
  const step = outcome.step === undefined ? '' : ` (${outcome.step})`
  if (outcome.kind === 'not-rolled-back') {
    const left = outcome.left.map(({ step: name, reason }) => `\n  ${name}: ${reason}`).join('')
    throw new RampartError(
      'not-rolled-back',
      `${outcome.reason}${step}. Not everything could be put back (run ${outcome.run}):${left}`,
    )
  }
  throw new RampartError(
    'rolled-back',
    `${outcome.reason}${step}. Everything is as it was before (run ${outcome.run}).`,
  )
}

function doneText(plan: DockerTlsPlan, probed: readonly ProbedDaemon[]): string {
  const rows = probed.flatMap(({ six }) => six)
  const good = rows.filter(({ asExpected }) => asExpected).length
  const lines = [
    ...(rows.length === 0 ? [] : [`docker: mutual TLS, ${good} of ${rows.length} probes as expected`]),
    'Done.',
    ...plan.next.map((line) => `  ${line}`),
  ]
  return `\n${lines.join('\n')}\n`
}

const WORDS: Partial<Record<RunEvent['kind'], string>> = {
  acting: '...',
  checked: 'done',
  failed: 'FAILED',
  undoing: 'putting back',
  undone: 'put back',
  'undo-failed': 'NOT PUT BACK',
}

/** A line about a boundary of the run. */
export function eventLine({ kind, title, step, reason }: RunEvent): string {
  const word = WORDS[kind]
  // Every step is told twice, when it begins and when it ends; the beginning is news for slow ones alone.
  if (word === undefined || (kind === 'acting' && step !== 'restart dockerd')) return ''
  return `${word}: ${title ?? step ?? ''}${reason === undefined ? '' : `: ${reason}`}\n`
}

/** A run that was killed is put back before anything else; without --apply it is named. */
export async function settleKilledRun(
  { state, apply, withinMs }: Pick<CarryOut, 'state' | 'apply' | 'withinMs'>,
  { terminal, setExit }: CommandContext,
): Promise<boolean> {
  const { forgetKeysOfEndedRuns, openDockerTlsRun, putBackDockerTls } =
    await import('../../actions/docker-tls/index.js')
  const open = await openDockerTlsRun(state)
  if (apply) await forgetKeysOfEndedRuns(state)
  if (open === undefined) return true
  terminal.err(
    `the run ${open.id} (${open.subject}) was killed in its midst (${open.stands}): ${apply ? '' : 'with --apply '}it is put back first\n`,
  )
  if (!apply) return true
  const outcome = await putBackDockerTls(state, open.id, {
    withinMs,
    observer: { event: (event) => terminal.err(eventLine(event)) },
  })
  if (outcome.kind === 'rolled-back') return true
  setExit(EXIT.notRolledBack)
  const left = outcome.kind === 'not-rolled-back' ? outcome.left : []
  terminal.err(
    `not everything could be put back:\n${left.map(({ step, reason }) => `  ${step}: ${reason}\n`).join('')}`,
  )
  return false
}
