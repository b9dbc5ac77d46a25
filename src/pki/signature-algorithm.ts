import { elementAt } from './der.js'

/** Hashes of signature algorithms by the DER of their object identifiers, in hex. Source: RFC 3279, 4055, 5758. */
const HASHES: Readonly<Record<string, string>> = {
  '2a864886f70d010102': 'MD2',
  '2a864886f70d010104': 'MD5',
  '2a864886f70d010105': 'SHA-1',
  '2b0e03021d': 'SHA-1',
  '2a8648ce380403': 'SHA-1',
  '2a8648ce3d0401': 'SHA-1',
  '2a864886f70d01010b': 'SHA-256',
  '2a864886f70d01010c': 'SHA-384',
  '2a864886f70d01010d': 'SHA-512',
  '2a8648ce3d040302': 'SHA-256',
  '2a8648ce3d040303': 'SHA-384',
  '2a8648ce3d040304': 'SHA-512',
}

/**
 * The hash of a certificate's signature from its DER; undefined where the algorithm names none, or another one. Node
 * does not say it. Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm SEQUENCE { OID, ... }, ... }
 */
export function signatureAlgorithm(der: Buffer): string | undefined {
  const certificate = elementAt(der, 0)
  const signed = certificate === undefined ? undefined : elementAt(der, certificate.begin)
  const algorithm = signed === undefined ? undefined : elementAt(der, signed.end)
  const id = algorithm === undefined ? undefined : elementAt(der, algorithm.begin)
  if (id === undefined || der[id.at] !== 0x06) return undefined
  const hex = der.subarray(id.begin, id.end).toString('hex')
  return Object.hasOwn(HASHES, hex) ? HASHES[hex] : undefined
}
