import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto'
import { RampartError } from '../model/index.js'
import { certificatesOf } from '../pki/index.js'

/** A certificate with its key, in PEM. */
export interface ClientIdentity {
  readonly cert: string
  readonly key: string
}

/** What the user gave to be shown to servers; without it nothing is shown. */
export interface Credential {
  readonly identity?: ClientIdentity
  /** A bearer token: it goes only to a server that `ca` has proven. */
  readonly token?: string
  /** Authorities that a server's certificate must come from, in PEM. */
  readonly ca?: string
  /** The name that the server's certificate must hold, where it is not the address. */
  readonly serverName?: string
  /** A certificate of the right authority that is no client's (a server's own): it must be refused. */
  readonly wrongUsage?: ClientIdentity
}

/** Takes the texts of two files as one identity, or says which of them cannot be used and why; never what is in them. */
export function identityFrom(
  cert: { readonly file: string; readonly text: string },
  key: { readonly file: string; readonly text: string },
): ClientIdentity {
  const [certificate] = certificatesOf(cert.text)
  if (certificate === undefined) {
    throw new RampartError(
      'unreadable-input',
      `\`${cert.file}\` holds no certificate in PEM that can be read`,
    )
  }
  if (!belongs(certificate, privateKey(key))) {
    throw new RampartError(
      'unreadable-input',
      `the key in \`${key.file}\` does not belong to the certificate in \`${cert.file}\``,
    )
  }
  return { cert: cert.text, key: key.text }
}

function privateKey({ file, text }: { readonly file: string; readonly text: string }): KeyObject {
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(text)) {
    throw new RampartError(
      'unreadable-input',
      `the key in \`${file}\` is encrypted; it cannot be used as it is`,
    )
  }
  try {
    return createPrivateKey(text)
  } catch {
    throw new RampartError('unreadable-input', `\`${file}\` holds no private key in PEM that can be read`)
  }
}

function belongs(certificate: X509Certificate, key: KeyObject): boolean {
  try {
    return certificate.checkPrivateKey(key)
  } catch {
    return false
  }
}
