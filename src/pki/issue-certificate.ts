/** A certificate with its private key, in PEM. */
export interface Issued {
  readonly cert: string
  readonly key: string
}

export type KeyType = 'ec' | 'rsa'

export interface CertificateRequest {
  readonly commonName: string
  readonly use: 'authority' | 'client' | 'server'
  /** EC P-256 unless RSA (3072 bits) is asked for. */
  readonly keyType?: KeyType
  /** How long it is valid; it begins five minutes ago, for clocks that are behind. */
  readonly minutes: number
  /** Who signs; without one it signs itself. */
  readonly issuer?: Issued
  /** Alternative names: DNS names and IP addresses. */
  readonly names?: readonly (
    { readonly type: 'dns'; readonly value: string } | { readonly type: 'ip'; readonly value: string }
  )[]
}

/** Makes a key and a certificate for it. The library that writes certificates is loaded only when it is needed. */
export async function issueCertificate(request: CertificateRequest): Promise<Issued> {
  const { writeCertificate } = await import('./write-certificate.js')
  return writeCertificate(request)
}
