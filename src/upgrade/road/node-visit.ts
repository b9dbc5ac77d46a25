import { minorText, versionText, type KubeVersion } from '../kube-version.js'
import type { PackageManager, PlannedStep, UpgradeAction, UpgradePlan, UpgradeRole } from '../upgrade-plan.js'
import type { KubeadmPaths } from './node-commands.js'

/** Why a node takes no pods: somebody wants it so, or an upgrade that was lost had come no further. */
export type Closed = 'no' | 'kept' | 'left'

/** What the steps of one node in one stage have in common. */
export interface NodeVisit {
  readonly node: string
  readonly role: UpgradeRole
  readonly packages: PackageManager
  /** Beginning of the ids, `1.36`. */
  readonly stage: string
  readonly version: KubeVersion
  /** The kubelet's version before. */
  readonly before: KubeVersion
  readonly group?: string
  /** What the plan found, and what it does at the end: `kept` was cordoned by somebody and stays so. */
  readonly closed: Closed
  readonly settings: UpgradePlan['settings']
  readonly paths: KubeadmPaths
  /** Base of the package repositories, where it is not the project's own. */
  readonly packagesUrl?: string
}

/** What is a step's own. */
export type Own = Pick<PlannedStep, 'title' | 'commands' | 'precondition' | 'check' | 'back'> &
  Pick<Partial<PlannedStep>, 'pointOfNoReturn' | 'expect'>

/** A step of a visit; `part` tells two of one action apart. */
export function step(visit: NodeVisit, action: UpgradeAction, own: Own, part = ''): PlannedStep {
  const { node, role, stage, version, group } = visit
  return {
    id: `${stage}/${node}/${part}${action}`,
    node,
    role,
    action,
    minor: minorText(version.minor),
    version: versionText(version),
    ...(group === undefined ? {} : { group }),
    ...own,
  }
}
