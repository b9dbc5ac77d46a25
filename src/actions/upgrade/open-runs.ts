import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RampartError } from '../../model/index.js'
import { planDigest, type UpgradePlan } from '../../upgrade/index.js'
import { listRuns, type ListedRun } from '../journal/index.js'
import { readPlan } from './read-plan.js'

export const KIND = 'upgrade'

/** A run of an upgrade that is not finished. */
export interface OpenRun extends ListedRun {
  readonly folder: string
  readonly plan: UpgradePlan
}

/** The unfinished upgrades that this machine knows, the newest first. Damaged ones end with an error that names them. */
export async function openRuns(state: string): Promise<OpenRun[]> {
  const runs: OpenRun[] = []
  for (const run of await listRuns(state, KIND)) {
    if (run.progress?.phase === 'ended') continue
    if (run.damage !== undefined) {
      throw new RampartError(
        'unreadable-input',
        `the run ${run.id} cannot be read: ${run.damage}. Move ${join(state, 'runs', run.id)} away once you know what was done`,
      )
    }
    const folder = join(state, 'runs', run.id)
    const text = await readFile(join(folder, 'plan.json'), 'utf8').catch((error: unknown) => {
      throw new RampartError('unreadable-input', `the run ${run.id} has no plan in ${folder}`, {
        cause: error,
      })
    })
    runs.push({ ...run, folder, plan: readPlan(text, join(folder, 'plan.json')) })
  }
  return runs
}

/** The one run that is meant: by its id, its plan, or because it is the only one of the cluster. */
export function chooseRun(
  runs: readonly OpenRun[],
  {
    id,
    plan,
    uid,
  }: { readonly id?: string | undefined; readonly plan?: UpgradePlan | undefined; readonly uid?: string },
): OpenRun | undefined {
  if (id !== undefined) {
    const found = runs.find((run) => run.id === id)
    if (found === undefined) {
      const others = runs.map((run) => run.id).join(', ')
      throw new RampartError(
        'usage',
        `there is no unfinished upgrade \`${id}\` here${others === '' ? '' : `; there is ${others}`}`,
      )
    }
    return found
  }
  const ours = runs.filter(
    (run) => uid === undefined || run.plan.cluster.uid === uid || run.plan.cluster.uid === '',
  )
  const same = plan === undefined ? ours : ours.filter((run) => run.plan.digest === planDigest(plan))
  if (same.length > 1) {
    throw new RampartError(
      'usage',
      `there are ${same.length} unfinished upgrades here: choose one by --run (${same.map((run) => `${run.id}: ${run.subject}`).join('; ')})`,
    )
  }
  const [found] = same
  if (found === undefined && plan !== undefined && ours.length > 0) {
    throw new RampartError(
      'not-allowed',
      `another upgrade of this cluster is not finished (${ours[0]?.id ?? ''}: ${ours[0]?.subject ?? ''}): go on with it by \`rampart upgrade apply\`, or give it up by \`rampart upgrade abort\``,
    )
  }
  return found
}

/** The file whose being there tells a running upgrade to stop before its next step. */
export function pauseFile(folder: string): string {
  return join(folder, 'pause')
}

export function isPaused(folder: string): boolean {
  return existsSync(pauseFile(folder))
}

export async function pauseRun(folder: string): Promise<void> {
  await writeFile(pauseFile(folder), `${new Date().toISOString()}\n`, { mode: 0o600 })
}

export async function unpauseRun(folder: string): Promise<void> {
  await rm(pauseFile(folder), { force: true })
}
