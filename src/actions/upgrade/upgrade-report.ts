import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RampartError } from '../../model/index.js'
import type { UpgradePlan } from '../../upgrade/index.js'
import { readJournal, stepProgress, type JournalEntry } from '../journal/index.js'
import { nodeTimes, type NodeTime } from './node-times.js'
import { readPlan } from './read-plan.js'

/** What was done when. */
export interface UpgradeReport {
  readonly kind: 'rampart.upgrade-report'
  readonly run: string
  readonly cluster: string
  readonly from: string
  readonly to: string
  /** ISO 8601. */
  readonly began: string
  readonly ended: string | undefined
  /** `open`, `done`, `rolled-back` (all was put back), `not-rolled-back` (some stays), `refused`. */
  readonly outcome: string
  readonly steps: readonly ReportedStep[]
  readonly nodes: readonly NodeTime[]
}

export interface ReportedStep {
  readonly id: string
  readonly node: string
  readonly action: string
  readonly title: string
  /** `not-begun`, or as in the journal: acting, acted, checked, skipped, failed, undone, left. */
  readonly state: string
  readonly began?: string
  readonly ended?: string
  /** How often it was begun. */
  readonly times: number
  readonly reason?: string
}

/** The report of a run, from its plan and its journal. */
export function upgradeReport(
  run: string,
  plan: UpgradePlan,
  entries: readonly JournalEntry[],
): UpgradeReport {
  const progress = stepProgress(entries)
  const begun = new Map<string, { count: number; at: string }>()
  for (const { kind, step, at } of entries) {
    if (kind === 'acting' && step !== undefined)
      begun.set(step, { count: (begun.get(step)?.count ?? 0) + 1, at })
  }
  const end = entries.findLast(({ kind }) => kind === 'end')
  return {
    kind: 'rampart.upgrade-report',
    run,
    cluster: plan.cluster.name,
    from: plan.from,
    to: plan.to,
    began: entries[0]?.at ?? '',
    ended: end?.at,
    outcome: progress.phase === 'ended' ? (progress.outcome ?? '') : 'open',
    steps: plan.steps.map(({ id, node, action, title }) => {
      const reached = progress.steps.get(id)
      const began = begun.get(id)
      return {
        id,
        node,
        action,
        title,
        state: reached?.state ?? 'not-begun',
        ...(began === undefined ? {} : { began: began.at }),
        ...(reached === undefined ? {} : { ended: reached.until }),
        times: began?.count ?? 0,
        ...(reached?.reason === undefined ? {} : { reason: reached.reason }),
      }
    }),
    nodes: nodeTimes(plan, entries),
  }
}

/** The report of a run of this machine, which may be at work. */
export async function reportOfRun(state: string, id: string): Promise<UpgradeReport> {
  const folder = join(state, 'runs', id)
  const plan = await readFile(join(folder, 'plan.json'), 'utf8').catch((error: unknown) => {
    throw new RampartError('no-input', `there is no run \`${id}\` in ${state}`, { cause: error })
  })
  return upgradeReport(
    id,
    readPlan(plan, join(folder, 'plan.json')),
    await readJournal(join(folder, 'journal')),
  )
}
