import type { Host, HostFile } from '../../model/index.js'
import { certificatesOfHost } from '../../certificates/index.js'

/** Keys of certificate authorities and of service accounts, by their names. */
const NAMED = /\/(?:[\w-]*ca|sa|service|serviceaccount|service-account)(?:\.key|-key\.pem)$/

/** Places of Kubernetes. Docker and others have authorities of their own. */
const OF_KUBERNETES =
  /^\/(?:etc\/kubernetes|etc\/ssl\/etcd|var\/lib\/(?:minikube|rancher|k0s|kubelet)|system\/secrets)\//

/** Files of a host that hold a key which signs identities of its cluster. */
export function signingKeysOf(host: Host): HostFile[] {
  const trusted = new Set(
    certificatesOfHost(host).flatMap(({ ca, publicKey }) =>
      ca && publicKey !== undefined ? [publicKey] : [],
    ),
  )
  return [...host.files.values()].filter(({ path, publicKeys, type }) => {
    if (type === 'directory') return false
    // The key of an authority that this host trusts, whatever its name.
    if (OF_KUBERNETES.test(path) && publicKeys?.some((key) => trusted.has(key)) === true)
      return !isSelfSigned(host, path)
    if (!OF_KUBERNETES.test(path) || !NAMED.test(path)) return false
    const service = !/ca(?:\.key|-key\.pem)$/.test(path)
    // Of another authority, left over from before the host joined.
    return service || publicKeys === undefined || trusted.size === 0
  })
}

/** The kubelet signs its own serving certificate with a key that nobody trusts. */
function isSelfSigned(host: Host, path: string): boolean {
  return /\/kubelet[\w.-]*\.(?:key|pem)$/.test(path) && host.files.has(path)
}
