import { asList, asNumber, asString } from '../../model/index.js'
import type { Journal } from '../journal/index.js'
import { failingPods } from './health/failing-pods.js'
import { isEtcd } from './health/judge-health.js'
import type { UpgradeCluster } from './upgrade-cluster.js'

/** The cluster before the first change: what failed then is no fault of the upgrade. */
export interface Baseline {
  readonly failedBefore: ReadonlySet<string>
  readonly etcdMembers: number
}

/** More owners of failing pods than this are a cluster that should not be upgraded; the rest would count as new. */
const MOST = 10_000

/** The baseline of a run: from its journal, or taken now and written there. */
export async function baselineOf(journal: Journal, cluster: UpgradeCluster): Promise<Baseline> {
  const note = journal.entries.find(({ kind, data }) => kind === 'note' && data?.failedBefore !== undefined)
  if (note !== undefined) {
    const owners = asList(note.data?.failedBefore).map((each) => asString(each) ?? '')
    return { failedBefore: new Set(owners), etcdMembers: asNumber(note.data?.etcdMembers) ?? 0 }
  }
  const failing = new Set(failingPods(await cluster.pods()).map(({ of }) => of))
  const failedBefore = [...failing].sort().slice(0, MOST)
  const etcdMembers = (await cluster.systemPods()).filter(isEtcd).length
  await journal.append({ kind: 'note', data: { failedBefore, etcdMembers } })
  return { failedBefore: new Set(failedBefore), etcdMembers }
}
