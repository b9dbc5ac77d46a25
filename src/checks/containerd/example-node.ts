import type { EstateInput } from '../../model/index.js'
import { criV2 } from './example-containerd.js'

/** A node with containerd and a kubelet, each with the given lines of configuration. */
export function nodeWithKubelet(cri: string, kubelet: string): EstateInput {
  return {
    hosts: {
      'node-1': {
        files: {
          '/etc/containerd/config.toml': criV2(cri),
          '/var/lib/kubelet/config.yaml': `apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n${kubelet}\n`,
        },
        processes: ['/usr/bin/containerd', '/usr/bin/kubelet --config=/var/lib/kubelet/config.yaml'],
      },
    },
  }
}
