export interface ImageName {
  /** Repository without its registry host: `grafana/grafana`. */
  readonly repository: string
  readonly tag?: string
}

/**
 * The repository and tag of an image reference; `host:5000/img` has no tag.
 * Source: distribution reference grammar, splitDockerDomain.
 */
export function imageName(image: string): ImageName {
  const withoutDigest = image.split('@', 1)[0] ?? ''
  const lastSlash = withoutDigest.lastIndexOf('/')
  const colon = withoutDigest.indexOf(':', lastSlash + 1)
  const path = colon < 0 ? withoutDigest : withoutDigest.slice(0, colon)
  const first = path.indexOf('/')
  const host = first < 0 ? '' : path.slice(0, first)
  const isHost = host.includes('.') || host.includes(':') || host === 'localhost'
  const repository = isHost ? path.slice(first + 1) : path
  return colon < 0 ? { repository } : { repository, tag: withoutDigest.slice(colon + 1) }
}
