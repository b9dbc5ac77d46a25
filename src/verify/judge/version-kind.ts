import type { Project } from '../platform-binaries.js'

/**
 * Whose build a version names: the project's own, or that of a distribution or vendor (`v1.30.4+k3s1`,
 * `v1.30.4-eks-a5565ad`, `1.6.20~ds1`), of which the project publishes nothing.
 */
export function versionKind(project: Project | undefined, version: string): 'upstream' | 'vendor' {
  // Source: kubernetes hack/lib/version.sh: anything behind the patch but alpha, beta and rc is somebody else's.
  if (project === 'kubernetes')
    return /^v\d+\.\d+\.\d+(?:-(?:alpha|beta|rc)\.\d+)?$/.test(version) ? 'upstream' : 'vendor'
  return /^v?\d+\.\d+\.\d+(?:-(?:alpha|beta|rc)\.?\d+)?$/.test(version) ? 'upstream' : 'vendor'
}
