import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asList, asNumber, asString, field } from '../../model/index.js'
import { rootOf } from './file-steps.js'
import type { FixContext } from './fix-context.js'
import type { FixPlan, Restart } from './fix-plan.js'
import { healthQuestion, type HealthQuestion } from './machine/health-questions.js'
import type { RunningProcess } from './machine/machine.js'

/** A service that starts anew in a run. */
export interface Service {
  readonly restart: Restart
  readonly host: string
  readonly root: string
  /** Whether the manifest of a static pod is among the files that change. */
  readonly fileChanges: boolean
  readonly noteFile: string
  readonly context: FixContext
}

export function serviceOf(restart: Restart, plan: FixPlan, context: FixContext): Service {
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
export interface Note {
  readonly processes: readonly RunningProcess[]
  /** Whether there was anything to restart. */
  readonly ran: boolean
  /** What the health question was answered with; API servers may refuse those without a credential. */
  readonly status?: number
}

export async function noteOf(service: Service): Promise<Note> {
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

export async function readNote(file: string): Promise<Note | undefined> {
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

/** The units of a restart that run now: a node runs one of k3s and k3s-agent. */
export async function activeUnits({ restart, context }: Service): Promise<string[]> {
  if (restart.kind !== 'unit') return []
  const states = await Promise.all(
    restart.units.map(async (unit) => ({ unit, state: await context.machine.unit(unit) })),
  )
  return states.flatMap(({ unit, state }) =>
    state !== undefined && state.active !== 'inactive' && state.load === 'loaded' ? [unit] : [],
  )
}

export async function questionOf({
  restart,
  host,
  root,
  context,
}: Service): Promise<HealthQuestion | undefined> {
  return healthQuestion(restart.component, host, await context.readHost(root))
}
