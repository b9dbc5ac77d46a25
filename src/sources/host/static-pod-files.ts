import { posix } from 'node:path'
import type { Host, HostFile } from '../../model/index.js'

/** Where distributions have the kubelet look for static pods. */
export const STATIC_POD_FOLDERS = [
  '/etc/kubernetes/manifests',
  '/etc/kubernetes/static-pods',
  '/etc/kubernetes/manifest',
  '/var/lib/rancher/rke2/agent/pod-manifests',
  '/var/lib/rancher/k3s/agent/pod-manifests',
]

/** Manifests in the folders that a host's kubelets look at. Names that begin with a dot are skipped, as by the kubelet. */
export function staticPodFiles(host: Pick<Host, 'files' | 'commands'>): HostFile[] {
  const folders = staticPodFolders(host)
  return [...host.files.values()]
    .filter((file) => folders.has(posix.dirname(file.path)) && !posix.basename(file.path).startsWith('.'))
    .filter((file) => file.text !== undefined)
    .sort((left, right) => (left.path < right.path ? -1 : 1))
}

/**
 * The folders that the host's kubelet is told to watch, else those of the distributions.
 * Source: kubernetes v1.36.2 pkg/kubelet/config/file.go, extractFromDir.
 */
export function staticPodFolders(host: Pick<Host, 'files' | 'commands'>): ReadonlySet<string> {
  const folders = new Set(STATIC_POD_FOLDERS)
  for (const command of host.commands.filter(({ component }) => component === 'kubelet')) {
    for (const { value } of command.args) {
      const path = /^--pod-manifest-path=(\/.*)$/.exec(value)?.[1]
      if (path !== undefined) folders.add(posix.resolve(path))
    }
  }
  for (const { text } of host.files.values()) {
    if (text === undefined || !/\bKubeletConfiguration\b/.test(text)) continue
    const path = /^\s*["']?staticPodPath["']?\s*:\s*["']?(\/[^"',#\s]*)/m.exec(text)?.[1]
    if (path !== undefined) folders.add(posix.resolve(path))
  }
  return folders
}
