import data from '../../../data/kubernetes-releases.json' with { type: 'json' }

export const AS_OF = data.asOf
export const KUBELET_SKEW = data.kubeletSkew

const BY_MINOR = new Map(data.releases.map((release) => [Number(release.minor.slice(2)), release]))
const NEWEST = Math.max(...BY_MINOR.keys())

/** The newest release that still gets fixes. */
export const NEWEST_RELEASE = `1.${NEWEST}`

/** The day after which a minor of Kubernetes 1 gets no fixes; `long ago` for those before the list, undefined for newer ones. */
export function endOfLife(minor: number): string | undefined {
  if (minor > NEWEST) return undefined
  return BY_MINOR.get(minor)?.endOfLife ?? 'long ago'
}

/** Whether that day was over when the list was made. */
export function isOver(day: string): boolean {
  return day === 'long ago' || day < AS_OF
}
