import { createPublicKey } from 'node:crypto'
import { publicKeyFingerprint } from './certificate-facts.js'

const PRIVATE_KEY =
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{1,20000}-----END [A-Z ]{0,30}PRIVATE KEY-----/g

/** `client-key-data` of a kubeconfig in YAML or JSON. */
const KEY_DATA = /["']?client-key-data["']?\s{0,20}:\s{0,20}["']?([A-Za-z0-9+/]{40,20000}={0,2})/g

/** More keys in one text are not looked at. */
const MOST = 20

/**
 * Fingerprints (SHA-256 of SubjectPublicKeyInfo, in hex) of the public halves of the private keys in a text: PEM, and
 * the `client-key-data` of kubeconfigs. The keys are forgotten; what cannot be read (encrypted, damaged) is left out.
 */
export function privateKeyFingerprints(text: string): string[] {
  const embedded = [...text.matchAll(KEY_DATA)].map(([, data = '']) => Buffer.from(data, 'base64'))
  const pems = [text, ...embedded.map((data) => data.toString('latin1'))].flatMap(
    (each) => each.match(PRIVATE_KEY) ?? [],
  )
  return pems.slice(0, MOST).flatMap((pem) => {
    try {
      return [publicKeyFingerprint(createPublicKey(pem))]
    } catch {
      return []
    }
  })
}
