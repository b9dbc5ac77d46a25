import type { ClusterInventory } from '../inventory/index.js'
import { skewViolations, type SkewViolation } from '../skew/index.js'
import type { Blocker, BlockerCheck } from './blocker.js'

const POLICY = 'https://kubernetes.io/releases/version-skew-policy/'

/** The skew policy among what an inventory holds. */
export function skewOfInventory({ components, kubeadm }: ClusterInventory): SkewViolation[] {
  return skewViolations(
    components.flatMap(({ component, node, version }) =>
      version === undefined ? [] : [{ component, node, minor: version.minor }],
    ),
    { controllersReach: kubeadm === undefined ? 'all' : 'own' },
  )
}

/** Components that are further apart than Kubernetes supports, before anything is begun. */
export const skewBroken: BlockerCheck = {
  id: 'skew-broken',
  title: 'Components are further apart than the version skew policy allows',
  find({ inventory }) {
    return skewOfInventory(inventory).map(({ component, node, rule, message }): Blocker => ({
      check: skewBroken.id,
      // An API server that lags is what every step of kubeadm starts from; the rest an upgrade mends in its course.
      level: rule === 'apiserver-apiserver' ? 'blocks' : 'warns',
      subject: { kind: 'component', component, node },
      message,
      fix: FIXES[rule] ?? 'bring the component to the minor of the API server',
      references: [POLICY],
    }))
  },
}

const FIXES: Readonly<Record<string, string>> = {
  'apiserver-apiserver': 'bring the older API servers up first, one minor at a time',
  'kubelet-apiserver':
    'drain the node and bring its kubelet to the minor of the API server; a kubelet that is newer waits for the API servers',
  'kube-proxy-apiserver':
    'bring kube-proxy to the minor of the API server (kubeadm does so after the last control-plane node)',
  'kube-proxy-kubelet': 'bring the kubelet of the node, or kube-proxy, to the minor of the other',
  'controller-apiserver': 'bring it to the minor of the oldest API server that it reaches',
  'kubectl-apiserver': 'use a kubectl of the minor of the API server',
}
