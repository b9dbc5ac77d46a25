import type { EstateInput, InlineFile } from '../../model/index.js'

/** A node with the given config.toml, as kubeadm leaves it, and further files. */
export function containerdWith(toml: string, files: Readonly<Record<string, InlineFile>> = {}): EstateInput {
  return {
    hosts: {
      'node-1': {
        files: {
          '/etc/containerd/config.toml': toml,
          '/run/containerd/containerd.sock': { text: '', mode: 0o660 },
          ...files,
        },
        processes: ['/usr/bin/containerd'],
      },
    },
  }
}

/** The section of the plug-in for Kubernetes in layout 2. */
export function criV2(lines: string): string {
  return `version = 2\n\n[plugins."io.containerd.grpc.v1.cri"]\n${lines}\n`
}

/** A node whose file cannot be parsed. */
export const BROKEN = containerdWith('version = 2\n[plugins\n')

/** A node whose file imports another one that was not read. */
export function importsUnread(toml: string): EstateInput {
  return containerdWith(`imports = ["/etc/containerd/site/extra.toml"]\n${toml}`)
}

/** A node on which Docker alone uses containerd. */
export function dockerAlone(): EstateInput {
  return containerdWith('disabled_plugins = ["cri"]\n')
}
