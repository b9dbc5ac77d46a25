interface KubeVersion {
  /** 0 alpha, 1 beta, 2 stable. */
  readonly stability: number
  readonly major: number
  readonly minor: number
}

const VERSION = /^v(\d+)(?:(alpha|beta)(\d+))?$/

/**
 * Order of API versions from the preferred one on: v2, v1, v1beta2, v1alpha1, and what is no such name last.
 * Source: kubernetes v1.36.2 apimachinery pkg/version/helpers.go, CompareKubeAwareVersionStrings.
 */
export function compareKubeVersions(a: string, b: string): number {
  const left = parse(a)
  const right = parse(b)
  if (left === undefined || right === undefined) {
    if (left !== undefined) return -1
    if (right !== undefined) return 1
    return a < b ? -1 : a > b ? 1 : 0
  }
  return right.stability - left.stability || right.major - left.major || right.minor - left.minor
}

function parse(text: string): KubeVersion | undefined {
  const [, major, stage, minor] = VERSION.exec(text) ?? []
  if (major === undefined) return undefined
  const stability = stage === undefined ? 2 : stage === 'beta' ? 1 : 0
  return { stability, major: Number(major), minor: Number(minor ?? 0) }
}
