import { ipFamily } from '../text/index.js'
import { addressScope, type AddressScope } from './address.js'

/**
 * Who could stand between dockerd and an entry of `insecure-registries`: a network (CIDR), `host`, `host:port`,
 * with or without a scheme that dockerd takes away. Source: moby v28.3.3 registry/config.go, loadInsecureRegistries.
 */
export function registryScope(entry: string): AddressScope {
  const plain = entry.trim().replace(/^https?:\/\//i, '')
  const network = /^([^/]+)\/(\d{1,3})$/.exec(plain)
  if (network?.[1] !== undefined && ipFamily(network[1]) !== 0)
    return networkScope(network[1], Number(network[2]))
  const host =
    /^\[([^\]]*)\]/.exec(plain)?.[1] ?? (ipFamily(plain) === 6 ? plain : plain.replace(/[:/].*$/s, ''))
  return addressScope(host)
}

/** A network is only loopback when all of it is. */
function networkScope(address: string, bits: number): AddressScope {
  const least = ipFamily(address) === 4 ? 8 : 128
  if (bits === 0) return 'all'
  const scope = addressScope(address)
  return scope === 'loopback' && bits < least ? 'public' : scope
}
