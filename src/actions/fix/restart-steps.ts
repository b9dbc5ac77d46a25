import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asList, asNumber, asString, field, RampartError, type JsonObject } from '../../model/index.js'
import type { Step, StepState } from '../journal/index.js'
import { rootOf } from './file-steps.js'
import type { FixContext, StepMaker } from './fix-context.js'
import type { FixPlan, Restart } from './fix-plan.js'
import { healthQuestion, type HealthQuestion } from './machine/health-questions.js'
import type { Machine, RunningProcess } from './machine/machine.js'

/** How often a service is asked until it answers, in milliseconds. */
const PACE_MS = 500
/** How long a service that answers must go on answering, in milliseconds: one that cannot use its settings ends at once. */
const STEADY_MS = 3_000
const SYSTEMCTL_MS = 120_000

/**
 * Before anything is written it is noted which processes run; after all files are written each service starts anew, and
 * counts as well only when a process that was not noted answers. Put back, the notes come last: the service is started
 * again with its old files.
 */
export const restartSteps: StepMaker = (plan, context) => {
  const services = plan.restarts.map((restart) => serviceOf(restart, plan, context))
  return Promise.resolve({ before: services.map(noteStep), after: services.map(restartStep) })
}

interface Service {
  readonly restart: Restart
  readonly host: string
  readonly root: string
  /** Whether the manifest of a static pod is among the files that change. */
  readonly fileChanges: boolean
  readonly noteFile: string
  readonly context: FixContext
}

function serviceOf(restart: Restart, plan: FixPlan, context: FixContext): Service {
  const { host, name } = restart
  const index = plan.subject.hosts.findIndex((each) => each.name === host)
  return {
    restart,
    host,
    root: rootOf(plan, host),
    fileChanges:
      restart.kind === 'static-pod' &&
      plan.files.some(
        (file) => file.host === host && (file.path === restart.file || file.real === restart.file),
      ),
    noteFile: join(context.run.folder, `service-${index}-${name}.json`),
    context,
  }
}

/** What ran before the run changed anything. */
interface Note {
  readonly processes: readonly RunningProcess[]
  /** Whether there was anything to restart. */
  readonly ran: boolean
  /** What the health question was answered with; API servers may refuse those without a credential. */
  readonly status?: number
}

function noteStep(service: Service): Step {
  const { restart, host, noteFile } = service
  return {
    id: `note ${restart.name} on ${host}`,
    title: `Note which process of ${restart.name} runs`,
    precondition: () => whyNotReady(service),
    async check(): Promise<StepState> {
      const note = await readNote(noteFile)
      return note === undefined ? { holds: false, reason: 'it was not noted yet' } : { holds: true }
    },
    async act() {
      const note = await noteOf(service)
      await writeFile(noteFile, JSON.stringify(note), { mode: 0o600, flush: true })
      return { processes: note.processes.map(({ pid }) => pid) }
    },
    async undo() {
      const note = await readNote(noteFile)
      if (note?.ran !== true) return
      await putBack(service, note)
    },
  }
}

async function noteOf(service: Service): Promise<Note> {
  const { restart, context } = service
  const processes = await context.machine.processes(restart.component)
  const ran =
    restart.kind === 'unit'
      ? (await activeUnits(service)).length > 0
      : processes.length > 0 || restart.kind === 'command'
  const question = ran ? await questionOf(service) : undefined
  const answer = question === undefined ? undefined : await context.machine.ask(question.where)
  return { processes, ran, ...(answer?.kind === 'status' ? { status: answer.status } : {}) }
}

/** A service that is not well before its change could not be told from one that the change broke. */
async function whyNotReady(service: Service): Promise<string | undefined> {
  const { restart, context } = service
  const note = await noteOf(service)
  if (!note.ran || restart.kind === 'by-hand') return undefined
  const question = await questionOf(service)
  if (question === undefined) return undefined
  const answer = await context.machine.ask(question.where)
  if (answer.kind === 'no-answer')
    return `${restart.name} is not well now: ${question.words} does not answer (${answer.reason}); mend that first`
  return answer.status === 200 || REFUSED.has(answer.status)
    ? undefined
    : `${restart.name} is not well now: ${question.words} answers ${answer.status}; mend that first`
}

/** What servers answer those who show no credential. */
const REFUSED: ReadonlySet<number> = new Set([401, 403])

async function readNote(file: string): Promise<Note | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'))
    const status = asNumber(field(value, 'status'))
    return {
      ran: field(value, 'ran') === true,
      processes: asList(field(value, 'processes')).map((each) => {
        const pod = asString(field(each, 'pod'))
        return {
          pid: asNumber(field(each, 'pid')) ?? 0,
          started: asNumber(field(each, 'started')) ?? 0,
          ...(pod === undefined ? {} : { pod }),
        }
      }),
      ...(status === undefined ? {} : { status }),
    }
  } catch {
    // Not there, or cut off by a crash while it was written: nothing had been changed yet.
    return undefined
  }
}

function restartStep(service: Service): Step {
  const { restart, host, noteFile } = service
  return {
    id: `restart ${restart.name} on ${host}`,
    title: restartTitle(service),
    async check(): Promise<StepState> {
      const note = await readNote(noteFile)
      if (note?.ran !== true) return { holds: true }
      const state = await lookAt(service, note)
      return state.kind === 'well' ? { holds: true } : { holds: false, reason: state.reason }
    },
    async act(signal) {
      const note = await readNote(noteFile)
      if (note?.ran !== true) return { skipped: 'it did not run' }
      await startAnew(service, note)
      return waitUntilWell(service, note, { signal })
    },
    // The note, which is put back after the files, starts the old settings again.
    undo: () => Promise.resolve(),
  }
}

function restartTitle({ restart, fileChanges }: Service): string {
  switch (restart.kind) {
    case 'unit':
      return `systemctl ${restart.verb} ${restart.units.join(' ')}, and wait until it answers`
    case 'static-pod':
      return fileChanges
        ? `Wait until the kubelet has started ${restart.name} anew and it answers`
        : `End ${restart.name}, which the kubelet then starts anew, and wait until it answers`
    case 'command':
      return `${restart.argv.join(' ')}, and wait until ${restart.name} answers`
    case 'by-hand':
      return `Restart ${restart.name} (${restart.words})`
  }
}

async function startAnew(service: Service, note: Note): Promise<void> {
  const { restart, fileChanges, context } = service
  const { machine } = context
  switch (restart.kind) {
    case 'unit': {
      if (restart.daemonReload) await runOrFail(machine, ['systemctl', 'daemon-reload'])
      const units = await activeUnits(service)
      // After a failed start there may be none that is active; then all are started.
      await runOrFail(machine, [
        'systemctl',
        restart.verb,
        '--',
        ...(units.length > 0 ? units : restart.units),
      ])
      return
    }
    case 'command':
      await runOrFail(machine, restart.argv)
      return
    case 'static-pod':
      if (!fileChanges) for (const { pid } of note.processes) await machine.end(pid)
      return
    case 'by-hand':
      throw new RampartError(
        'not-allowed',
        `how ${restart.name} is restarted here is not known: name it with --restart-command '${restart.name}=...'`,
      )
  }
}

/** The units of a restart that run now: a node runs one of k3s and k3s-agent. */
async function activeUnits({ restart, context }: Service): Promise<string[]> {
  if (restart.kind !== 'unit') return []
  const states = await Promise.all(
    restart.units.map(async (unit) => ({ unit, state: await context.machine.unit(unit) })),
  )
  return states.flatMap(({ unit, state }) =>
    state !== undefined && state.active !== 'inactive' && state.load === 'loaded' ? [unit] : [],
  )
}

async function runOrFail(machine: Machine, words: readonly string[]): Promise<void> {
  const { status, stderr, stdout, timedOut } = await machine.run(words, SYSTEMCTL_MS)
  if (status === 0) return
  const said = (stderr.trim() || stdout.trim()).split('\n').slice(-3).join(' ')
  const how = timedOut ? 'did not end in time' : `ended with status ${status ?? 'of a signal'}`
  throw new RampartError('not-allowed', `\`${words.join(' ')}\` ${how}${said === '' ? '' : `: ${said}`}`)
}

type Look =
  | { readonly kind: 'well'; readonly pids: readonly number[] }
  | { readonly kind: 'not-yet'; readonly reason: string }

interface Waiting {
  readonly signal?: AbortSignal | undefined
  /** Which processes count; new ones unless said. */
  readonly isRight?: (process: RunningProcess) => boolean
}

async function waitUntilWell(
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
async function lookAt(
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

function isSame(one: RunningProcess, other: RunningProcess): boolean {
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

async function questionOf({ restart, host, root, context }: Service): Promise<HealthQuestion | undefined> {
  return healthQuestion(restart.component, host, await context.readHost(root))
}

/** Starts a service with its old files again, and waits until it is as it was. */
async function putBack(service: Service, note: Note): Promise<void> {
  const { restart, context, fileChanges } = service
  const now = await context.machine.processes(restart.component)
  const isOld = (process: RunningProcess): boolean => note.processes.some((each) => isSame(each, process))
  if (restart.kind === 'static-pod' && fileChanges) {
    // The hash of the old manifest is known where the cgroup tells it; else a process that is not there now.
    const pods = new Set(note.processes.flatMap(({ pod }) => pod ?? []))
    await waitUntilWell(service, note, {
      isRight: (process) =>
        pods.size > 0 && process.pod !== undefined
          ? pods.has(process.pod)
          : isOld(process) || !now.some((each) => isSame(each, process)),
    })
    return
  }
  const reloads = restart.kind === 'unit' && restart.verb === 'reload'
  // It was never restarted; a reload leaves no trace in its process.
  if (!reloads && now.length > 0 && now.every(isOld)) return
  const running: Note = { ...note, processes: now }
  await startAnew(service, running)
  await waitUntilWell(service, running)
}
