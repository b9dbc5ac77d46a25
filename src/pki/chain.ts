import type { X509Certificate } from 'node:crypto'
import { ANY_USE, CLIENT_AUTH } from './certificate-facts.js'
import { certificatesOf } from './ca-bundle.js'
import { ipFamily } from '../text/index.js'

const DEEPEST = 5

/**
 * Whether the first certificate of a PEM text is signed by one of the authorities, directly or through further
 * certificates of that text, and may be used by clients. Dates are not looked at.
 * Source: Go crypto/x509 Certificate.Verify with ExtKeyUsageClientAuth, as k8s.io/apiserver
 * pkg/authentication/request/x509 asks it.
 */
export function clientChainsTo(pem: string, authorities: string): boolean {
  const [leaf] = certificatesOf(pem)
  return leaf !== undefined && isForClients(leaf) && chainsTo(pem, authorities)
}

/** The same whatever the certificate is for. */
export function chainsTo(pem: string, authorities: string): boolean {
  const [leaf, ...between] = certificatesOf(pem)
  const trusted = certificatesOf(authorities)
  if (leaf === undefined) return false
  let here = leaf
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    if (
      trusted.some((authority) => signed(authority, here) || authority.fingerprint256 === here.fingerprint256)
    )
      return true
    const next = between.find((certificate) => certificate.ca && signed(certificate, here))
    if (next === undefined) return false
    here = next
  }
  return false
}

/**
 * Whether the first certificate of a PEM text is for a server of that name: a host name or an IP address. The common name
 * does not count. Source: Go crypto/x509 verify.go, VerifyHostname.
 */
export function isForServer(pem: string, name: string): boolean {
  const [leaf] = certificatesOf(pem)
  if (leaf === undefined) return false
  const address = name.replace(/^\[(.*)\]$/, '$1')
  const found = ipFamily(address) !== 0 ? leaf.checkIP(address) : leaf.checkHost(name, { subject: 'never' })
  return found !== undefined
}

function isForClients({ keyUsage }: X509Certificate): boolean {
  // Despite its name Node gives extendedKeyUsage here, and nothing where the extension is absent.
  const uses: readonly string[] | undefined = keyUsage
  return uses === undefined || uses.includes(CLIENT_AUTH) || uses.includes(ANY_USE)
}

function signed(authority: X509Certificate, certificate: X509Certificate): boolean {
  try {
    return certificate.checkIssued(authority) && certificate.verify(authority.publicKey)
  } catch {
    return false
  }
}
