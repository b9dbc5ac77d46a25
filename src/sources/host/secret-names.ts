import { posix } from 'node:path'

/** Names of files that hold nothing but keys, passwords or tokens: their modes are looked at, their content is never kept. */
const KEY_ALONE =
  /(?:^|[-_.])key(?:\.pem|\.der)?$|\.key$|^g?shadow-?$|^(?:known_|node-|agent-|bootstrap-)?tokens?(?:\.(?:csv|txt))?$|^(?:.*[-_.])?(?:passwords?|passwd|basic[-_]?auth|htpasswd)(?:\.(?:csv|txt))?$|^\.netrc$|^id_(?:rsa|dsa|ecdsa|ed25519)$|\.(?:p12|pfx|jks|keystore|kdbx)$/i

/** Whether a file is one of keys, passwords or tokens alone, by its name. /etc/passwd holds none. */
export function mayHoldKeyAlone(path: string): boolean {
  return path !== '/etc/passwd' && KEY_ALONE.test(posix.basename(path).slice(0, 255))
}

/** Names of files that hold private keys in PEM. */
const PRIVATE_KEY = /(?:^|[-_.])key(?:\.pem)?$|\.key$/i

/** Whether a file holds a private key in PEM, by its name: its public half is told, the key forgotten. */
export function mayHoldPrivateKey(path: string): boolean {
  return PRIVATE_KEY.test(posix.basename(path).slice(0, 255))
}
