import { posix } from 'node:path'
import type { Command, HostFile } from '../../model/index.js'

/** Where a containerd of a host reads its configuration from. */
export interface ConfigFile {
  readonly path: string
  /** The command that names it, where one was seen. */
  readonly command?: Command
  /** The file that a distribution makes it from; a change belongs there. */
  readonly template?: string
  /** The socket that it opens unless it is told otherwise. */
  readonly socket: string
  /** What is restarted: `containerd`, or the program of the distribution that starts it. */
  readonly unit: string
}

const DEFAULT_FILE = '/etc/containerd/config.toml'

/** Files that distributions write. Source: k3s pkg/agent/containerd, pkg/agent/templates; canonical/microk8s. */
const OF_DISTRIBUTIONS: readonly {
  readonly path: string
  readonly unit: string
  readonly socket: string
  readonly template: (version: number) => string
}[] = [
  ...['k3s', 'rke2'].map((name) => ({
    path: `/var/lib/rancher/${name}/agent/etc/containerd/config.toml`,
    unit: name,
    socket: '/run/k3s/containerd/containerd.sock',
    template: (version: number) =>
      `/var/lib/rancher/${name}/agent/etc/containerd/${version >= 3 ? 'config-v3' : 'config'}.toml.tmpl`,
  })),
  {
    path: '/var/snap/microk8s/current/args/containerd.toml',
    unit: 'snap.microk8s.daemon-containerd',
    socket: '/var/snap/microk8s/common/run/containerd.sock',
    template: () => '/var/snap/microk8s/current/args/containerd-template.toml',
  },
]

/** The configuration files of the containerds of a host, each once. */
export function containerdConfigFiles(
  commands: readonly Command[],
  files: ReadonlyMap<string, HostFile>,
): ConfigFile[] {
  const found = new Map<string, ConfigFile>()
  const add = (path: string, command?: Command): void => {
    if (found.has(path)) return
    const known = OF_DISTRIBUTIONS.find((each) => each.path === path)
    const version = Number(/^\s*version\s*=\s*(\d)/m.exec(files.get(path)?.text ?? '')?.[1] ?? 2)
    found.set(path, {
      path,
      socket: known?.socket ?? '/run/containerd/containerd.sock',
      unit: known?.unit ?? (path.includes('/docker/containerd/') ? 'docker' : 'containerd'),
      ...(command === undefined ? {} : { command }),
      ...(known === undefined ? {} : { template: known.template(version) }),
    })
  }
  for (const command of commands) {
    if (command.component === 'containerd') add(configOf(command), command)
  }
  for (const path of [DEFAULT_FILE, ...OF_DISTRIBUTIONS.map((each) => each.path)])
    if (files.has(path)) add(path)
  return [...found.values()]
}

/** The file that `--config` or `-c` names. Source: containerd v1.7.28 cmd/containerd/command/main.go. */
function configOf({ args, workingDirectory = '/' }: Command): string {
  for (const [index, { value }] of args.entries()) {
    const named = /^(?:--?config|-c)(?:=(.*))?$/s.exec(value)
    if (named === null) continue
    const path = named[1] ?? args[index + 1]?.value
    if (path !== undefined && path !== '') return posix.resolve(workingDirectory, path)
  }
  return DEFAULT_FILE
}
