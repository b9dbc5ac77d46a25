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

/** An image reference in its parts. */
export interface ImageReference {
  /** Host with port; `docker.io` where none is written. */
  readonly registry: string
  /** Repository as the registry knows it: `library/nginx` for `nginx`. */
  readonly repository: string
  readonly tag?: string
  readonly digest?: string
}

/**
 * The parts of an image reference with Docker's defaults, as every runtime reads them.
 * Source: distribution reference v0.6 normalize.go, splitDockerDomain.
 */
export function imageReference(image: string): ImageReference {
  const at = image.indexOf('@')
  const digest = at < 0 ? undefined : image.slice(at + 1)
  const { repository, tag } = imageName(image)
  const name = at < 0 ? image : image.slice(0, at)
  const path = tag === undefined ? name : name.slice(0, -tag.length - 1)
  const host = path.slice(0, Math.max(0, path.length - repository.length - 1))
  const registry = host === '' || host === 'index.docker.io' ? 'docker.io' : host
  return {
    registry,
    repository: registry === 'docker.io' && !repository.includes('/') ? `library/${repository}` : repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  }
}
