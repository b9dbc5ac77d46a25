/** What the safe mode passes on only when it was asked to. */
export const SENSITIVE = ['secrets', 'tokens', 'exec', 'attach', 'portforward', 'proxy'] as const
export type Sensitive = (typeof SENSITIVE)[number]

/** Subresources by what they give: a shell, a screen, a port, or everything that a node or a service serves. */
const SUBRESOURCES: Readonly<Record<string, Sensitive>> = {
  exec: 'exec',
  attach: 'attach',
  portforward: 'portforward',
  proxy: 'proxy',
  // Of virtual machines (KubeVirt): a screen or a serial line is a shell.
  console: 'exec',
  vnc: 'exec',
  usbredir: 'exec',
}

/** Where the path of a service behind the API server begins: `/api/v1/namespaces/NS/services/NAME/proxy/...`. */
export const SERVICE_PATH_BEGINS = 7

/**
 * Which sensitive thing a path leads to, if any. Segments are read as the API server does: an API, a group and a
 * version, an old `watch` or `proxy`, a namespace, a resource, a name, subresources. Letters count in any case, although
 * the API server knows lower-case names alone: a server behind an aggregated API may not.
 * Source: kubernetes v1.36.2 apiserver pkg/endpoints/request/requestinfo.go, NewRequestInfo.
 */
export function sensitiveIn(given: readonly string[]): Sensitive | undefined {
  const segments = given.map((segment) => segment.toLowerCase())
  const [first] = segments
  if (first !== 'api' && first !== 'apis') return undefined
  let rest = segments.slice(first === 'api' ? 2 : 3)
  if (rest[0] === 'proxy') return 'proxy'
  if (rest[0] === 'watch') rest = rest.slice(1)
  if (rest[0] === 'namespaces' && rest.length > 2) rest = rest.slice(2)
  const [resource = '', , ...below] = rest
  if (resource === 'secrets') return 'secrets'
  // TokenReviews, TokenRequests, the OAuth tokens of OpenShift.
  if (resource.includes('token')) return 'tokens'
  for (const subresource of below) {
    const found = Object.hasOwn(SUBRESOURCES, subresource) ? SUBRESOURCES[subresource] : undefined
    if (found !== undefined) return found
    if (subresource.includes('token')) return 'tokens'
  }
  return undefined
}
