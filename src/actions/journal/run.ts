import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type JsonObject, type JsonValue, RampartError, systemCode } from '../../model/index.js'
import { createJournal, openJournal, readJournal, syncFolder, type Journal } from './journal.js'
import { stepProgress, type RunProgress } from './step-progress.js'

/** One execution of a plan: its folder holds the plan, the journal and the backups. */
export interface Run {
  readonly id: string
  /** What runs: `fix`, `docker-tls`, `upgrade`. */
  readonly kind: string
  readonly folder: string
  readonly backups: string
  readonly plan: JsonValue
  readonly journal: Journal
}

/** What `listRuns` says of a run, without opening it. */
export interface ListedRun {
  readonly id: string
  readonly kind: string
  /** ISO 8601. */
  readonly began: string
  readonly subject: string
  readonly progress?: RunProgress
  /** Why the run cannot be read. */
  readonly damage?: string
}

const RUN_ID = /^\d{8}T\d{6}Z-[a-z-]+-[0-9a-f]{6}$/

/**
 * Makes the folder of a new run below the state folder, for its owner alone. `subject` says in a few words what it is
 * about; `plan` is what a later process needs to make the same steps, and holds no secret.
 */
export async function createRun(
  state: string,
  { kind, subject, plan }: { readonly kind: string; readonly subject: string; readonly plan: JsonValue },
): Promise<Run> {
  const began = new Date()
  const stamp = began.toISOString().replace(/[-:]|\.\d+/g, '')
  const id = `${stamp}-${kind}-${randomBytes(3).toString('hex')}`
  const folder = join(state, 'runs', id)
  await mkdir(join(folder, 'backups'), { recursive: true, mode: 0o700 })
  const text = `${JSON.stringify(plan, null, 2)}\n`
  await writeFile(join(folder, 'plan.json'), text, { mode: 0o600, flag: 'wx', flush: true })
  const journal = await createJournal(join(folder, 'journal'))
  await journal.append({ kind: 'run', data: { id, kind, subject, planSha256: sha256(text) } })
  await syncFolder(join(state, 'runs'))
  return { id, kind, folder, backups: join(folder, 'backups'), plan, journal }
}

/** Opens a run to go on with it or to put it back. Its plan must be the one that it began with. */
export async function openRun(state: string, id: string): Promise<Run> {
  if (!RUN_ID.test(id)) throw new RampartError('usage', `\`${id}\` is no id of a run`)
  const folder = join(state, 'runs', id)
  const text = await readFile(join(folder, 'plan.json'), 'utf8').catch((error: unknown) => {
    throw new RampartError('no-input', `there is no run \`${id}\` in ${state}`, { cause: error })
  })
  const journal = await openJournal(join(folder, 'journal'))
  const header = journal.entries[0]?.data ?? {}
  if (header.planSha256 !== sha256(text)) {
    await journal.close()
    throw new RampartError(
      'unreadable-input',
      `${join(folder, 'plan.json')}: this is not the plan that the run began with (its checksum differs)`,
    )
  }
  const kind = typeof header.kind === 'string' ? header.kind : ''
  return { id, kind, folder, backups: join(folder, 'backups'), plan: JSON.parse(text) as JsonValue, journal }
}

/** All runs, the newest first. */
export async function listRuns(state: string, kind?: string): Promise<readonly ListedRun[]> {
  const names = await readdir(join(state, 'runs')).catch((error: unknown) => {
    const code = systemCode(error)
    if (code === 'ENOENT') return []
    throw new RampartError('unreadable-input', `${join(state, 'runs')} cannot be read (${code})`, {
      cause: error,
    })
  })
  const ids = names.filter((name) => RUN_ID.test(name))
  const runs = (await Promise.all(ids.map((id) => listedRun(state, id)))).sort(byAge)
  return kind === undefined ? runs : runs.filter((run) => run.kind === kind)
}

/** The newest first. Ids tell seconds; what began within one is told apart by the first line of its journal. */
function byAge(left: ListedRun, right: ListedRun): number {
  const [leftSecond, rightSecond] = [left.id.slice(0, 16), right.id.slice(0, 16)]
  if (leftSecond !== rightSecond) return leftSecond < rightSecond ? 1 : -1
  return left.began < right.began ? 1 : -1
}

async function listedRun(state: string, id: string): Promise<ListedRun> {
  const kind = id.slice(17, -7)
  try {
    const entries = await readJournal(join(state, 'runs', id, 'journal'))
    const header: JsonObject = entries[0]?.data ?? {}
    return {
      id,
      kind,
      began: entries[0]?.at ?? '',
      subject: typeof header.subject === 'string' ? header.subject : '',
      progress: stepProgress(entries),
    }
  } catch (error) {
    return {
      id,
      kind,
      began: '',
      subject: '',
      damage: error instanceof Error ? error.message : String(error),
    }
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
