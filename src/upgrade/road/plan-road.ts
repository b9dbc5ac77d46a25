import { newestServerFor } from '../skew/index.js'

/** A node on the road: minors of Kubernetes 1. */
export interface RoadNode {
  readonly name: string
  /** Of its kubelet. */
  readonly kubelet: number
}

/** Where the road begins and ends. */
export interface RoadInput {
  /** The control-plane nodes with the minors of their API servers. */
  readonly servers: readonly { readonly name: string; readonly minor: number }[]
  readonly workers: readonly RoadNode[]
  readonly target: number
  /** Visits workers with every minor. */
  readonly conservative?: boolean
  /** Workers are replaced by new ones: kubeadm does not go along on the old. */
  readonly replace?: boolean
}

/** One stage: the control plane comes to a minor, then workers. */
export interface RoadStage {
  readonly minor: number
  readonly kind: 'minor' | 'patch' | 'catch-up'
  /** Names of the workers that get the kubelet of this minor, in the order of the input. */
  readonly visits: readonly string[]
  /** Workers on which kubeadm alone goes along. */
  readonly left: readonly string[]
}

/** kubeadm before 1.28 works beside kubelets one minor back, later ones three. */
function oldestKubeletFor(kubeadm: number): number {
  return kubeadm - (kubeadm < 28 ? 1 : 3)
}

/**
 * The stages from the minors that are there to the one that is wanted. API servers never skip a minor; a worker is visited
 * in the last stage that its kubelet cannot outlast, which makes visits as few as the skew policy permits, and in the
 * last of all. Where the API servers are of two minors, the first stage brings the older ones up.
 */
export function planRoad({
  servers,
  workers,
  target,
  conservative = false,
  replace = false,
}: RoadInput): RoadStage[] {
  const oldest = Math.min(...servers.map(({ minor }) => minor))
  const newest = Math.max(...servers.map(({ minor }) => minor))
  const kubelets = new Map(workers.map(({ name, kubelet }) => [name, kubelet]))
  const names = workers.map(({ name }) => name)
  const outlasts = (name: string, minor: number): boolean => {
    const kubelet = kubelets.get(name) ?? minor
    return newestServerFor(kubelet) >= minor && (replace || kubelet >= oldestKubeletFor(minor))
  }
  const stages: RoadStage[] = []
  const stage = (
    minor: number,
    kind: RoadStage['kind'],
    visits: readonly string[],
    left: readonly string[],
  ): void => {
    for (const name of visits) kubelets.set(name, minor)
    stages.push({ minor, kind, visits, left })
  }
  const first = newest > oldest ? newest : oldest + 1
  const late = names.filter((name) => !outlasts(name, Math.min(first, Math.max(target, newest))))
  if (late.length > 0 && target > oldest) stage(oldest, 'catch-up', late, [])
  if (target === oldest) {
    stage(target, 'patch', names, [])
    return stages
  }
  for (let minor = first; minor <= target; minor += 1) {
    const visits =
      minor === target
        ? names
        : names.filter((name) => (conservative && kubelets.get(name) !== minor) || !outlasts(name, minor + 1))
    const visited = new Set(visits)
    stage(minor, 'minor', visits, replace ? [] : names.filter((name) => !visited.has(name)))
  }
  return stages
}
