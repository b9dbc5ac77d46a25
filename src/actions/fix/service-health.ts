import { RampartError, type JsonObject } from '../../model/index.js'
import type { RunningProcess } from './machine/machine.js'
import { questionOf, type Note, type Service } from './service.js'

/** How often a service is asked until it answers, in milliseconds. */
const PACE_MS = 500
/** How long a service that answers must go on answering, in milliseconds: one that cannot use its settings ends at once. */
const STEADY_MS = 3_000
/** What servers answer those who show no credential. */
export const REFUSED: ReadonlySet<number> = new Set([401, 403])

export type Look =
  | { readonly kind: 'well'; readonly pids: readonly number[] }
  | { readonly kind: 'not-yet'; readonly reason: string }

export interface Waiting {
  readonly signal?: AbortSignal | undefined
  /** Which processes count; new ones unless said. */
  readonly isRight?: (process: RunningProcess) => boolean
}

export async function waitUntilWell(
  service: Service,
  note: Note,
  { signal, isRight }: Waiting = {},
): Promise<JsonObject> {
  const { restart, context } = service
  let waited = 0
  let steady = 0
  let last: Look = { kind: 'not-yet', reason: 'it was not asked' }
  for (;;) {
    signal?.throwIfAborted()
    const look = await lookAt(service, note, isRight)
    const same = look.kind === 'well' && last.kind === 'well' && String(look.pids) === String(last.pids)
    steady = same ? steady + PACE_MS : 0
    last = look
    if (look.kind === 'well' && steady >= STEADY_MS) return { processes: [...look.pids] }
    if (waited >= context.healthMs)
      throw new RampartError(
        'not-allowed',
        `${restart.name} was not well ${Math.round(context.healthMs / 1000)} s after its restart: ${look.kind === 'well' ? 'it does not keep running' : look.reason}`,
      )
    await context.machine.wait(PACE_MS)
    waited += PACE_MS
  }
}

/** Whether a process that was not there before runs, and says that it is well. */
export async function lookAt(
  service: Service,
  note: Note,
  isRight = (process: RunningProcess): boolean => isNew(process, note, service.fileChanges),
): Promise<Look> {
  const { restart, context } = service
  const now = await context.machine.processes(restart.component)
  const reloaded = restart.kind === 'unit' && restart.verb === 'reload'
  const fresh = reloaded ? now : now.filter(isRight)
  if (fresh.length === 0)
    return notYet(
      now.length === 0
        ? `no process of ${restart.component} runs`
        : `the process from before still runs (${now.map(({ pid }) => pid).join(', ')})`,
    )
  if (restart.kind === 'unit') {
    const wrong = await wrongUnit(service, fresh)
    if (wrong !== undefined) return notYet(wrong)
  }
  const question = await questionOf(service)
  const pids = fresh.map(({ pid }) => pid)
  if (question === undefined) return { kind: 'well', pids }
  const answer = await context.machine.ask(question.where)
  if (answer.kind === 'no-answer') return notYet(`${question.words} does not answer (${answer.reason})`)
  // Refused without a credential, before as now: it serves.
  const asBefore = REFUSED.has(answer.status) && answer.status === note.status
  if (answer.status !== 200 && !asBefore) return notYet(`${question.words} answers ${answer.status}`)
  const owners = question.port === undefined ? undefined : await context.machine.listeners(question.port)
  if (owners !== undefined && owners.length > 0 && !owners.some((pid) => pids.includes(pid)))
    return notYet(`${question.words} is answered by a process that was there before`)
  return { kind: 'well', pids }
}

function notYet(reason: string): Look {
  return { kind: 'not-yet', reason }
}

export function isSame(one: RunningProcess, other: RunningProcess): boolean {
  return one.pid === other.pid && one.started === other.started
}

/**
 * A manifest that changes gives its pod another hash, which is its uid; a pod of the hash from before was only started
 * again.
 */
function isNew(process: RunningProcess, note: Note, fileChanges: boolean): boolean {
  if (note.processes.some((each) => isSame(each, process))) return false
  if (!fileChanges || process.pod === undefined) return true
  return !note.processes.some(({ pod }) => pod === process.pod)
}

/** Why systemd's own idea of a unit does not fit; undefined when one of them runs a new process. */
async function wrongUnit(
  { restart, context }: Service,
  fresh: readonly RunningProcess[],
): Promise<string | undefined> {
  if (restart.kind !== 'unit') return undefined
  let why = `${restart.units.join(', ')} is not active`
  for (const unit of restart.units) {
    const state = await context.machine.unit(unit)
    if (state?.active !== 'active') continue
    if (state.mainPid === 0 || fresh.some(({ pid }) => pid === state.mainPid)) return undefined
    why = `the main process of ${unit} (${state.mainPid}) is not a new one`
  }
  return why
}
