import type { UpgradeData } from './data/index.js'
import type { ClusterInventory, InstalledComponent } from './inventory/index.js'
import { compareVersions, minorText, versionText } from './kube-version.js'
import { listed } from './listed.js'
import type { Closed, RoadPlace, StageVersions } from './road/index.js'
import type { Target } from './target.js'
import type { UpgradePlan } from './upgrade-plan.js'

/** What notes are made of. */
export interface NotesInput {
  readonly inventory: ClusterInventory
  readonly stages: readonly StageVersions[]
  readonly places: readonly RoadPlace[]
  readonly data: UpgradeData
  readonly target: Target
  readonly settings: UpgradePlan['settings']
}

/** What the plan leaves to its reader. */
export function planNotes({ inventory, stages, places, data, target, settings }: NotesInput): string[] {
  const workers = places.filter(({ server }) => server === undefined)
  const notes = [
    'The network plug-in and other add-ons that kubeadm does not bring are upgraded by you, as their makers say.',
    'Time is not estimated before the first node is done; then it is measured.',
  ]
  const [gap] = inventory.gaps
  if (gap !== undefined) {
    const more =
      inventory.gaps.length > 1
        ? `, and ${inventory.gaps.length - 1} more gaps (\`rampart upgrade status\`)`
        : ''
    notes.unshift(`The plan knows only what was read: ${gap.detail}${more}.`)
  }
  const first = Math.min(
    ...inventory.components.filter(isServer).map(({ version }) => version?.minor ?? Infinity),
  )
  const back = workers.filter(({ kubelet }) => first - kubelet.minor > 1)
  if (settings.workers === 'in-place' && back.length > 0) {
    notes.push(
      `Which kubeadm last managed these workers was not read, and their kubelets are more than one minor behind: ${listed(back.map(({ name }) => name))}. Where \`kubeadm version\` there is older than ${minorText(first - 1)}, kubeadm supports no \`upgrade node\`: reset and join such a node again, or replace it.`,
    )
  }
  const byHand = places.filter(({ packages }) => packages === 'unknown')
  if (byHand.length > 0) {
    notes.push(
      `How these nodes install packages is not known, so their steps name no command (--packages says it): ${listed(byHand.map(({ name }) => name))}.`,
    )
  }
  const closed = (why: Closed): string =>
    listed(places.filter(({ closed }) => closed === why).map(({ name }) => name))
  if (closed('kept') !== '') notes.push(`These nodes are cordoned and stay so: ${closed('kept')}.`)
  if (closed('left') !== '') {
    notes.push(
      `An upgrade that did not end left these nodes cordoned, and they are opened again: ${closed('left')}.`,
    )
  }
  if (settings.etcd === 'external') {
    notes.push(
      'etcd is not run by kubeadm here: its snapshot and its own upgrade are yours, before the control plane that needs it.',
    )
  }
  notes.push(...kubeadmNotes(settings, workers.length > 0))
  const known = data.releases.find(({ minor }) => minor === target.version.minor)?.patch?.version
  if (known !== undefined && compareVersions(target.version, target.newest ?? target.version) > 0) {
    notes.push(
      `${versionText(target.version)} is newer than the newest patch that the data of ${data.asOf} know, v${known}.`,
    )
  }
  if (stages.some(({ left }) => left.length > 0)) {
    notes.push(
      'On workers that keep their kubelet for now, kubeadm goes along with each minor, without a drain: it upgrades a node only from the minor before.',
    )
  }
  return notes
}

/** kubeadm stores neither patches nor what it was told to overlook. */
function kubeadmNotes({ workers, kubeadm = {} }: UpgradePlan['settings'], hasWorkers: boolean): string[] {
  const { patches, workerPatches, ignorePreflightErrors: ignored = [] } = kubeadm
  const visited = hasWorkers && workers === 'in-place'
  const notes =
    patches === undefined
      ? [
          'kubeadm does not store where its patches are, and none are named: where the cluster was made with some (`rampart kubeadm config --hardened` puts them into /etc/kubernetes/patches), what they change is lost unless the plan is made with --patches.',
        ]
      : [
          `Every control-plane node has its patches in ${patches}: kubeadm stops where the folder is not there.`,
        ]
  if (visited && workerPatches !== undefined) {
    notes.push(
      `Every worker has its patches in ${workerPatches}: kubeadm stops where the folder is not there.`,
    )
  } else if (visited && patches !== undefined) {
    notes.push(
      'Workers are given no patches: where a worker was joined with some (`kubeletconfiguration`), name their folder with --worker-patches.',
    )
  }
  if (ignored.length > 0) {
    notes.push(
      `On every node kubeadm only warns where these of its checks fail, whatever the reason: ${listed(ignored)}.`,
    )
  }
  return notes
}

function isServer({ component }: InstalledComponent): boolean {
  return component === 'kube-apiserver'
}
