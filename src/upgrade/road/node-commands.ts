import { minorText, versionText, type KubeVersion } from '../kube-version.js'
import type { PackageManager, PlannedCommand } from '../upgrade-plan.js'

/** Where packages of Kubernetes are published. Source: kubernetes.io, Changing the Kubernetes package repository. */
export const PACKAGES_URL = 'https://pkgs.k8s.io/core:/stable:'

/** The oldest minor whose packages are published there; older ones went with apt.kubernetes.io. */
export const OLDEST_PACKAGED = 24

const KEYRING = '/etc/apt/keyrings/kubernetes-apt-keyring'
/** apt asks nothing, and services are not restarted behind one's back. */
const QUIET = { DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_SUSPEND: '1' } as const
const EXCLUDED = 'kubelet kubeadm kubectl cri-tools kubernetes-cni'

/**
 * Points the package manager at the repository of a minor. Every minor has its own; the key is the same for all.
 * Source: kubernetes.io, Installing kubeadm, and Changing the Kubernetes package repository.
 */
export function repositoryCommands(
  packages: PackageManager,
  minor: number,
  base = PACKAGES_URL,
): PlannedCommand[] {
  const url = `${base}/v${minorText(minor)}`
  switch (packages) {
    case 'apt':
      return [
        onNode(['install', '-d', '-m', '0755', '/etc/apt/keyrings']),
        onNode(['curl', '-fsSL', '--retry', '3', '-o', `${KEYRING}.asc`, `${url}/deb/Release.key`]),
        onNode(['gpg', '--batch', '--yes', '--dearmor', '-o', `${KEYRING}.gpg`, `${KEYRING}.asc`]),
        {
          write: '/etc/apt/sources.list.d/kubernetes.list',
          text: `deb [signed-by=${KEYRING}.gpg] ${url}/deb/ /\n`,
          mode: '0644',
          on: 'node',
        },
        onNode(['apt-get', 'update']),
      ]
    case 'dnf':
    case 'dnf5':
      return [
        {
          write: '/etc/yum.repos.d/kubernetes.repo',
          text: `[kubernetes]
name=Kubernetes
baseurl=${url}/rpm/
enabled=1
gpgcheck=1
gpgkey=${url}/rpm/repodata/repomd.xml.key
exclude=${EXCLUDED}
`,
          mode: '0644',
          on: 'node',
        },
        onNode([packages === 'dnf5' ? 'dnf' : 'yum', 'clean', 'metadata']),
      ]
    case 'unknown':
      return []
  }
}

/**
 * Puts packages of a version on the node, and holds them there. yum and DNF 4 switch excludes off with one word, DNF 5
 * with another. Source: kubernetes.io, Upgrading kubeadm clusters.
 */
export function installCommands(
  packages: PackageManager,
  names: readonly string[],
  version: KubeVersion,
): PlannedCommand[] {
  const number = versionText(version).slice(1)
  switch (packages) {
    case 'apt':
      return [
        onNode(['apt-mark', 'unhold', ...names]),
        onNode(['apt-get', 'update']),
        {
          ...onNode(['apt-get', 'install', '-y', ...names.map((name) => `${name}=${number}-*`)]),
          env: QUIET,
        },
        onNode(['apt-mark', 'hold', ...names]),
      ]
    case 'dnf':
      return [onNode(['yum', 'install', '-y', ...named(names, number), '--disableexcludes=kubernetes'])]
    case 'dnf5':
      return [
        onNode(['dnf', 'install', '-y', ...named(names, number), '--setopt=disable_excludes=kubernetes']),
      ]
    case 'unknown':
      return []
  }
}

function named(names: readonly string[], number: string): string[] {
  return names.map((name) => `${name}-${number}-*`)
}

/** Where kubeadm keeps things, as its ClusterConfiguration says. */
export interface KubeadmPaths {
  readonly pki: string
  readonly etcdData: string
}

/** Copies of what kubeadm and the kubelet rest on, in a folder that root alone may read: it holds private keys. */
export function backupCommands(folder: string, pki: string): PlannedCommand[] {
  const admin = [
    'kubectl',
    '--kubeconfig=/etc/kubernetes/admin.conf',
    '-n',
    'kube-system',
    'get',
    'configmap',
  ]
  return [
    onNode(['install', '-d', '-m', '0700', folder, `${folder}/kubelet`]),
    onNode(['cp', '-a', '/etc/kubernetes/manifests', pki, folder]),
    onNode(['cp', '-a', '/etc/kubernetes/admin.conf', '/etc/kubernetes/kubelet.conf', folder]),
    onNode(['cp', '-a', '/etc/kubernetes/controller-manager.conf', '/etc/kubernetes/scheduler.conf', folder]),
    onNode([
      'cp',
      '-a',
      '/var/lib/kubelet/config.yaml',
      '/var/lib/kubelet/kubeadm-flags.env',
      `${folder}/kubelet`,
    ]),
    {
      ...onNode([
        ...admin,
        'kubeadm-config',
        'kubelet-config',
        'kube-proxy',
        'coredns',
        '--ignore-not-found',
        '-o',
        'yaml',
      ]),
      output: `${folder}/configmaps.yaml`,
    },
  ]
}

/**
 * Saves the contents of a local etcd: etcdctl runs in etcd's own pod, writes into the data folder, which is the host's,
 * and the file is moved away. Source: etcd.io, Disaster recovery; kubeadm's etcd manifest (volumes, certificates).
 */
export function snapshotCommands(node: string, folder: string, paths: KubeadmPaths): PlannedCommand[] {
  const file = `${paths.etcdData}/rampart-snapshot.db`
  const inPod = [
    'kubectl',
    '--kubeconfig=/etc/kubernetes/admin.conf',
    '-n',
    'kube-system',
    'exec',
    `etcd-${node}`,
    '--',
  ]
  const pki = `${paths.pki}/etcd`
  return [
    onNode([
      ...inPod,
      'etcdctl',
      '--endpoints=https://127.0.0.1:2379',
      `--cacert=${pki}/ca.crt`,
      `--cert=${pki}/server.crt`,
      `--key=${pki}/server.key`,
      'snapshot',
      'save',
      file,
    ]),
    onNode([...inPod, 'etcdutl', '--write-out=table', 'snapshot', 'status', file]),
    onNode(['install', '-d', '-m', '0700', folder]),
    onNode(['mv', file, `${folder}/etcd-snapshot.db`]),
    onNode(['chmod', '0600', `${folder}/etcd-snapshot.db`]),
  ]
}

/** A program on the node of the step. */
export function onNode(run: readonly string[]): { readonly run: readonly string[]; readonly on: 'node' } {
  return { run, on: 'node' }
}

/** A program where Rampart runs. */
export function here(run: readonly string[]): { readonly run: readonly string[]; readonly on: 'here' } {
  return { run, on: 'here' }
}
