import { writeFile } from 'node:fs/promises'
import { RampartError } from '../../model/index.js'
import type { Step, StepState } from '../journal/index.js'
import { dockerdRefusal } from './dockerd-refusal.js'
import type { StepMaker } from './fix-context.js'
import type { Machine, RunningProcess } from './machine/machine.js'
import { isSame, lookAt, REFUSED, waitUntilWell } from './service-health.js'
import { activeUnits, noteOf, questionOf, readNote, serviceOf, type Note, type Service } from './service.js'

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
      await refuseDowntime(service)
      await startAnew(service, note)
      return waitUntilWell(service, note, { signal })
    },
    // The note, which is put back after the files, starts the old settings again.
    undo: () => Promise.resolve(),
  }
}

/** What a service refuses itself is found before the one that runs is stopped. */
async function refuseDowntime({ restart, host, root, context }: Service): Promise<void> {
  if (restart.kind !== 'unit' || restart.component !== 'dockerd') return
  const refusal = await dockerdRefusal(host, await context.readHost(root), context.machine)
  if (refusal !== undefined)
    throw new RampartError('not-allowed', `dockerd would not start, so it was not restarted: ${refusal}`)
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
      const named = units.length > 0 ? units : restart.units
      // systemd stops a unit that was started too often in a short time, and refuses to start it: the count is set back.
      // Source: systemd.unit(5), StartLimitIntervalSec=.
      if (restart.verb !== 'reload')
        await machine.run(['systemctl', 'reset-failed', '--', ...named], SYSTEMCTL_MS)
      await runOrFail(machine, ['systemctl', restart.verb, '--', ...named])
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

async function runOrFail(machine: Machine, words: readonly string[]): Promise<void> {
  const { status, stderr, stdout, timedOut } = await machine.run(words, SYSTEMCTL_MS)
  if (status === 0) return
  const said = (stderr.trim() || stdout.trim()).split('\n').slice(-3).join(' ')
  const how = timedOut ? 'did not end in time' : `ended with status ${status ?? 'of a signal'}`
  throw new RampartError('not-allowed', `\`${words.join(' ')}\` ${how}${said === '' ? '' : `: ${said}`}`)
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
