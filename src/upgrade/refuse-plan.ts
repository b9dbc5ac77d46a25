import { RampartError } from '../model/index.js'
import type { ClusterInventory } from './inventory/index.js'
import { compareVersions, minorText, versionText, type KubeVersion } from './kube-version.js'
import { listed } from './listed.js'
import type { RoadPlace } from './road/index.js'
import type { Target } from './target.js'

/** The nodes of a plan by what they are. */
export interface Places {
  readonly controlPlanes: readonly RoadPlace[]
  readonly workers: readonly RoadPlace[]
}

/** Only what kubeadm made can be upgraded by kubeadm. */
export function refuseOthers({ managedBy, kubeadm, nodes, components }: ClusterInventory): void {
  if (managedBy !== undefined) {
    throw new RampartError(
      'usage',
      `this cluster's control plane is run by ${managedBy}, which upgrades it: plans are for clusters that kubeadm made (\`rampart upgrade check\` tells what is in the way all the same)`,
    )
  }
  const foreign = components.find(
    ({ component, text }) => component === 'kubelet' && /\+(?:k3s|rke2)/.test(text),
  )
  if (foreign !== undefined) {
    throw new RampartError(
      'usage',
      `the kubelet of ${foreign.node} is ${foreign.text}: K3s and RKE2 are upgraded by their own installers, and plans are for clusters that kubeadm made`,
    )
  }
  const isHost = nodes.some(({ host }) => host?.distribution === 'kubeadm')
  if (kubeadm === undefined && !isHost) {
    throw new RampartError(
      'no-input',
      "ConfigMap kube-system/kubeadm-config was not read: the cluster is not kubeadm's, or it was not allowed to read it; plans are for clusters that kubeadm made",
    )
  }
}

/** What is there may not be newer than what is wanted, nor so far apart that no step of kubeadm is supported. */
export function refuseBackwards({ controlPlanes, workers }: Places, { version, given }: Target): void {
  const servers = controlPlanes.map(({ server }) => server as KubeVersion).sort(compareVersions)
  const oldest = servers[0] as KubeVersion
  const newest = servers.at(-1) as KubeVersion
  if (newest.minor - oldest.minor > 1) {
    throw new RampartError(
      'usage',
      `the API servers are ${versionText(oldest)} and ${versionText(newest)}: they must be within one minor of one another before anything else; bring those of ${minorText(oldest.minor)} up with the kubeadm of ${minorText(oldest.minor + 1)}`,
    )
  }
  if (newest.minor > version.minor || (given === 'patch' && compareVersions(newest, version) > 0)) {
    const interrupted =
      newest.minor > oldest.minor ? ': an upgrade that was begun is finished, not taken back' : ''
    throw new RampartError(
      'usage',
      `${versionText(version)} is older than the API server's ${versionText(newest)}${interrupted}; kubeadm supports no downgrade, the way back is a restore of etcd`,
    )
  }
  const ahead = [...controlPlanes, ...workers].filter(({ kubelet }) => kubelet.minor > version.minor)
  if (ahead.length > 0) {
    throw new RampartError(
      'usage',
      `kubelets are newer than ${versionText(version)}: ${listed(ahead.map(({ name, kubelet }) => `${name} (${versionText(kubelet)})`))}; name a version that is at least as new, or replace these nodes`,
    )
  }
}
