import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

const PROGRAMS = ['containerd', 'ctr', 'runc', 'unshare', 'setpriv', 'ip', 'tar']
const PLUGIN_FOLDERS = ['/usr/lib/cni', '/opt/cni/bin']
const PLUGINS = ['loopback', 'ptp', 'host-local']
const BUSYBOX = '/bin/busybox'

/** Debian's packages that a node needs. */
export const NODE_PACKAGES = [
  'containerd',
  'runc',
  'containernetworking-plugins',
  'busybox-static',
  'iproute2',
] as const

/** Where a node finds what it needs, or why this machine has none. */
export type NodeRequirements =
  | { readonly met: true; readonly plugins: string; readonly busybox: string }
  | { readonly met: false; readonly reason: string }

export function nodeRequirements(): NodeRequirements {
  const not = (reason: string): NodeRequirements => ({ met: false, reason })
  if (process.platform !== 'linux') return not(`a kubelet needs Linux, and this is ${process.platform}`)
  if (process.getuid?.() !== 0) return not('a kubelet needs root')
  const packages = `apt-get install ${NODE_PACKAGES.join(' ')}`
  const absent = PROGRAMS.find((name) => !isOnPath(name))
  if (absent !== undefined) return not(`${absent} is not here (${packages})`)
  const plugins = PLUGIN_FOLDERS.find((folder) =>
    PLUGINS.every((name) => existsSync(path.join(folder, name))),
  )
  if (plugins === undefined) return not(`the CNI plug-ins are not here (${packages})`)
  if (!existsSync(BUSYBOX)) return not(`${BUSYBOX} is not here (${packages})`)
  const namespaces = spawnSync('unshare', ['--fork', '--pid', '--net', '--mount', '--mount-proc', 'true'])
  if (namespaces.status !== 0) {
    return not(`namespaces cannot be made here: ${namespaces.stderr.toString().trim()}`)
  }
  return { met: true, plugins, busybox: BUSYBOX }
}

function isOnPath(program: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(':')
  return folders.some((folder) => folder !== '' && existsSync(path.join(folder, program)))
}
