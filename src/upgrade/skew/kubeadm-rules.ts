import { minorText } from '../kube-version.js'

/** kubeadm at work on a node, in minors of Kubernetes 1. What is not known is not judged. */
export interface KubeadmUse {
  readonly command: 'upgrade' | 'join'
  readonly kubeadm: number
  /** `kubernetesVersion` of the cluster while it runs: for `upgrade apply` the one before. */
  readonly cluster?: number
  /** The kubelet on the same machine. */
  readonly kubelet?: number
  /** The kubeadm that last managed the node; for `join` the one that last made or upgraded the cluster. */
  readonly before?: number
}

/**
 * Why kubeadm may not be used so; empty when it may.
 * Source: kubernetes.io, Creating a cluster with kubeadm, Version skew policy. Kubelets three minors back since 1.28
 * (kubernetes/website#44815), one before.
 */
export function kubeadmFaults({ command, kubeadm, cluster, kubelet, before }: KubeadmUse): string[] {
  const faults: string[] = []
  const own = `kubeadm ${minorText(kubeadm)}`
  if (cluster !== undefined && (cluster > kubeadm || cluster < kubeadm - 1)) {
    faults.push(
      `${own} works on clusters of ${minorText(kubeadm)} and ${minorText(kubeadm - 1)}, and this one is ${minorText(cluster)}`,
    )
  }
  const back = kubeadm < 28 ? 1 : 3
  if (kubelet !== undefined && (kubelet > kubeadm || kubelet < kubeadm - back)) {
    faults.push(
      `${own} works beside kubelets of ${minorText(kubeadm - back)} to ${minorText(kubeadm)}, and this one is ${minorText(kubelet)}`,
    )
  }
  if (before === undefined) return faults
  if (command === 'join' && before !== kubeadm) {
    faults.push(
      `a node joins with the kubeadm that last made or upgraded the cluster, ${minorText(before)}, not ${minorText(kubeadm)}`,
    )
  }
  if (command === 'upgrade' && before !== kubeadm && before !== kubeadm - 1) {
    faults.push(
      `${own} upgrades nodes that ${minorText(kubeadm)} or ${minorText(kubeadm - 1)} managed before, and this one was ${minorText(before)}`,
    )
  }
  return faults
}
