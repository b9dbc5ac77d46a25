import type { EstateInput, InlineFile } from '../../model/index.js'

const CONFIG = '/var/lib/kubelet/config.yaml'

/**
 * A host with a kubelet of the given configuration, for examples and tests: the file is at kubeadm's place and the
 * kubelet runs with `--config` and the given further flags. Lines of `fields` begin at line 3 of the file.
 */
export function kubeletWith(
  fields: string,
  flags = '',
  files: Readonly<Record<string, InlineFile>> = {},
): EstateInput {
  const config = `apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n${fields}\n`
  return {
    hosts: {
      'node-1': {
        files: { [CONFIG]: config, ...files },
        processes: [`/usr/bin/kubelet --config=${CONFIG} ${flags}`.trim()],
      },
    },
  }
}

/** The same without a configuration file: the flags' own defaults are in force. */
export function kubeletWithFlags(flags: string): EstateInput {
  return { hosts: { 'node-1': { processes: [`/usr/bin/kubelet ${flags}`.trim()] } } }
}

/** A configuration file whose kubelet is not seen: its flags may say anything. */
export function kubeletUnseen(fields: string): EstateInput {
  const { hosts } = kubeletWith(fields)
  return { hosts: { 'node-1': { files: hosts?.['node-1']?.files ?? {} } } }
}
