import type { X509Certificate } from 'node:crypto'
import { ANY_USE, CLIENT_AUTH } from './certificate-facts.js'
import { certificatesOf } from './ca-bundle.js'

const DEEPEST = 5

/**
 * Whether the first certificate of a PEM text is signed by one of the authorities, directly or through further
 * certificates of that text, and may be used by clients. Dates are not looked at.
 * Source: Go crypto/x509 Certificate.Verify with ExtKeyUsageClientAuth, as k8s.io/apiserver
 * pkg/authentication/request/x509 asks it.
 */
export function clientChainsTo(pem: string, authorities: string): boolean {
  const [leaf, ...between] = certificatesOf(pem)
  const trusted = certificatesOf(authorities)
  if (leaf === undefined || !isForClients(leaf)) return false
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
