import { minorText, versionText } from '../kube-version.js'
import type { PlannedStep } from '../upgrade-plan.js'
import {
  backupCommands,
  installCommands,
  onNode,
  repositoryCommands,
  snapshotCommands,
} from './node-commands.js'
import { kubeadmOptions } from './kubeadm-options.js'
import { step, type NodeVisit } from './node-visit.js'

/** Copies what is changed on a control-plane node. */
export function backupStep(visit: NodeVisit): PlannedStep {
  const folder = backupFolder(visit)
  return step(visit, 'backup', {
    title: `Back up manifests, PKI and kubelet settings of ${visit.node}`,
    commands: backupCommands(folder, visit.paths.pki),
    precondition: `${visit.settings.backups} on ${visit.node} is on a disk with room, and is copied off the node`,
    check: `${folder} holds manifests, pki, the kubeconfigs, kubelet and configmaps.yaml`,
    back: 'nothing to go back from: nothing is changed',
  })
}

/** Saves the contents of etcd, before a control plane is changed. */
export function etcdSnapshotStep(visit: NodeVisit): PlannedStep {
  const { node, settings } = visit
  const folder = backupFolder(visit)
  const common = { back: 'nothing to go back from: nothing is changed' }
  if (settings.etcd !== 'local') {
    return step(visit, 'etcd-snapshot', {
      ...common,
      title: 'Save the contents of etcd, which kubeadm does not run here',
      commands: [],
      precondition: 'every member of etcd is healthy',
      check: 'a snapshot of this day is stored, and `etcdutl snapshot status` reads it',
    })
  }
  return step(visit, 'etcd-snapshot', {
    ...common,
    title: `Save the contents of etcd on ${node}`,
    commands: snapshotCommands(node, folder, visit.paths),
    precondition: `the member of etcd on ${node} is healthy; the file holds every Secret, so it is kept as one`,
    check: `${folder}/etcd-snapshot.db is there, and \`etcdutl snapshot status\` read it`,
  })
}

function backupFolder({ settings, stage }: NodeVisit): string {
  return `${settings.backups}/${stage}`
}

/** Repository and kubeadm; the same on every node. */
export function kubeadmSteps(visit: NodeVisit, options: { readonly repository: boolean }): PlannedStep[] {
  const { node, packages, version, packagesUrl } = visit
  const text = versionText(version)
  const minor = minorText(version.minor)
  const byHand = packages === 'unknown' ? ' by hand: how its system installs packages is not known' : ''
  const repository = step(visit, 'repository', {
    title: `Point ${node} at the packages of ${minor}${byHand}`,
    commands: repositoryCommands(packages, version.minor, packagesUrl),
    precondition: `${node} reaches the package repository`,
    check: `the package manager of ${node} knows kubeadm ${text.slice(1)}`,
    back: 'name the repository of the minor before again; nothing is installed yet',
  })
  const install = step(visit, 'install-kubeadm', {
    title: `Install kubeadm ${text} on ${node}${byHand}`,
    commands: [
      ...installCommands(packages, ['kubeadm'], version),
      onNode(['kubeadm', 'version', '-o', 'short']),
    ],
    precondition: `the kubeadm on ${node} is of ${minor} or 1.${version.minor - 1}`,
    check: `\`kubeadm version -o short\` says ${text}`,
    expect: { kubeadm: text },
    back: 'install the kubeadm of before: the package alone changes nothing that runs',
  })
  return options.repository ? [repository, install] : [install]
}

/** kubeadm's own part on a control-plane node: `apply` on the first, `node` on the others. */
export function controlPlaneSteps(
  visit: NodeVisit,
  options: { readonly apply: boolean; readonly from: string },
): PlannedStep[] {
  const { node, version } = visit
  const text = versionText(version)
  const back = `kubeadm puts its own changes back when it fails, and can be run again; once it is done there is no way to ${options.from} but the restore of etcd-snapshot.db, of the manifests of every control-plane node and of the packages of before`
  if (!options.apply) return [kubeadmNode(visit, back)]
  return [
    step(visit, 'kubeadm-plan', {
      title: `Ask kubeadm on ${node} what it would do`,
      commands: [onNode(['kubeadm', 'upgrade', 'plan', text, ...kubeadmOptions('plan', visit)])],
      precondition: `kubeadm on ${node} is ${text}, and /etc/kubernetes/admin.conf is there`,
      check: 'it ends with 0 and names no component configuration that must be changed by hand',
      back: 'nothing to go back from: nothing is changed',
    }),
    step(visit, 'kubeadm-apply', {
      title: `Bring the control plane of ${node} to ${text}`,
      commands: [onNode(['kubeadm', 'upgrade', 'apply', text, '--yes', ...kubeadmOptions('apply', visit)])],
      precondition:
        'etcd-snapshot.db and the backups are stored away from the node; control-plane nodes are Ready',
      check: `the API server of ${node} answers as ${text}, and ConfigMap kubeadm-config names ${text}`,
      expect: { apiserver: text },
      back,
      ...(text.startsWith(`${minorOf(options.from)}.`)
        ? {}
        : {
            pointOfNoReturn: `kubeadm supports no way back to ${minorOf(options.from)}: objects are stored as ${minorText(version.minor)} writes them`,
          }),
    }),
  ]
}

function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.')
}

/** `kubeadm upgrade node`: control planes that are not the first, and workers. */
export function kubeadmNode(visit: NodeVisit, back?: string): PlannedStep {
  const { node, role, version } = visit
  const worker = role === 'worker'
  return step(visit, 'kubeadm-node', {
    title: worker
      ? `Renew the kubelet's settings on ${node} for ${versionText(version)}`
      : `Bring the control plane of ${node} to ${versionText(version)}`,
    commands: [onNode(['kubeadm', 'upgrade', 'node', ...kubeadmOptions('node', visit)])],
    precondition: worker
      ? 'every control-plane node has this version'
      : 'the control-plane nodes before it are done and healthy: two at a time would leave CoreDNS and kube-proxy behind',
    check: worker
      ? `it ends with 0; the kubelet still runs as ${versionText(visit.before)}`
      : `the API server of ${node} answers as ${versionText(version)}`,
    ...(worker ? {} : { expect: { apiserver: versionText(version) } }),
    back: back ?? 'the kubelet settings of before are in /etc/kubernetes/tmp on the node; copy them back',
  })
}
