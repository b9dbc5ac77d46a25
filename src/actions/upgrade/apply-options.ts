import { join } from 'node:path'
import type { ApiClient } from '../../client/index.js'
import type { UpgradePlan } from '../../upgrade/index.js'
import type { DrainOptions } from '../drain/index.js'
import type { Run } from '../journal/index.js'
import type { Baseline } from './baseline.js'
import { patientCluster, type Patience } from './patient-cluster.js'
import type { UpgradeCluster } from './upgrade-cluster.js'
import type { AskPerson, NodeHost, UpgradeContext, UpgradeLimits } from './upgrade-context.js'
import type { UpgradeObserver } from './upgrade-event.js'

export interface ApplyOptions {
  /** Rampart's state folder. */
  readonly state: string
  readonly client: ApiClient
  /** The plan to begin with; absent to go on with the run that is open. */
  readonly plan?: UpgradePlan
  /** The run to go on with, where several are open. */
  readonly run?: string
  readonly host: (node: string) => NodeHost
  readonly ask: AskPerson
  readonly observer: UpgradeObserver
  /** Aborted: the running steps are no longer waited for. What runs on hosts goes on there. */
  readonly signal: AbortSignal
  /** Asked between steps: whether the run is to stop before the next one. */
  readonly stopping?: () => boolean
  /** Take over the Lease of another machine's unfinished run. */
  readonly takeOver?: boolean
  /** Workers that may be away at the same time, instead of the plan's number. */
  readonly maxUnavailable?: number
  readonly drain?: DrainOptions
  readonly limits?: Partial<UpgradeLimits>
  /** Where jobs are kept on hosts. */
  readonly jobFolder?: string
  /** Goes on with a run that was paused. */
  readonly resume?: boolean
  /** This machine's name in the Lease. */
  readonly machine?: string
}

/** Where jobs are kept on hosts where nothing else is said. */
export const JOB_FOLDER = '/var/lib/rampart/jobs'

/** What the steps of a run work with. */
export function contextOf(
  run: Pick<Run, 'id' | 'folder' | 'journal'>,
  plan: UpgradePlan,
  cluster: UpgradeCluster,
  options: Pick<ApplyOptions, 'host' | 'ask' | 'drain' | 'jobFolder' | 'observer' | 'signal'> & {
    readonly limits: UpgradeLimits
  },
  baseline: Baseline,
): UpgradeContext {
  const { deleteEmptydirData, force } = plan.settings.drain
  return {
    plan,
    runId: run.id,
    journal: run.journal,
    cluster: patientCluster(cluster, patienceOf(options, options.limits)),
    host: options.host,
    ask: options.ask,
    jobFolder: options.jobFolder ?? JOB_FOLDER,
    hereFolder: join(run.folder, 'jobs'),
    drain: { deleteEmptyDirData: deleteEmptydirData, force, ...options.drain },
    limits: options.limits,
    waiting: (step, text) =>
      void options.observer.event({
        type: 'waiting',
        at: new Date().toISOString(),
        step: step.id,
        node: step.node,
        title: step.title,
        for: text,
      }),
    failedBefore: () => baseline.failedBefore,
    etcdMembers: () => baseline.etcdMembers,
  }
}

/** How patiently an API server is asked that may be starting. */
export function patienceOf(
  { observer, signal }: Pick<ApplyOptions, 'observer' | 'signal'>,
  { restart, look }: Pick<UpgradeLimits, 'restart' | 'look'>,
): Patience {
  return {
    restart,
    look,
    note: (text) => void observer.event({ type: 'note', at: new Date().toISOString(), text }),
    signal,
  }
}
