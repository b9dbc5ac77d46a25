/** A version of Kubernetes 1, as `v1.36.2`; builds of others keep their suffix (`+k3s1`, `-eks-1234567`, `-rc.1`). */
export interface KubeVersion {
  readonly minor: number
  readonly patch: number
  /** With the sign before it: `-rc.1`, `+k3s1`; empty for releases. */
  readonly suffix: string
}

/** Reads `v1.36.2`, `1.36.2`, `1.33.1+k3s1`; undefined for everything else, `1.36` too. */
export function parseKubeVersion(text: string | undefined): KubeVersion | undefined {
  const found = /^v?1\.(\d{1,3})\.(\d{1,4})([-+][\w.+-]{1,80})?$/.exec(text ?? '')
  if (found === null) return undefined
  return { minor: Number(found[1]), patch: Number(found[2]), suffix: found[3] ?? '' }
}

/** `v1.36.2`. */
export function versionText({ minor, patch, suffix }: KubeVersion): string {
  return `v1.${minor}.${patch}${suffix}`
}

/** `1.36`. */
export function minorText(minor: number): string {
  return `1.${minor}`
}

/** Older is negative. A pre-release is older than its release; builds (`+k3s1`) are like their release. */
export function compareVersions(a: KubeVersion, b: KubeVersion): number {
  return a.minor - b.minor || a.patch - b.patch || stage(a) - stage(b)
}

// Vendors write `-eks-...` and `-gke.100` behind releases: only the project's own words mean that it is none yet.
function stage({ suffix }: KubeVersion): number {
  return /^-(?:alpha|beta|rc)\./.test(suffix) ? 0 : 1
}
