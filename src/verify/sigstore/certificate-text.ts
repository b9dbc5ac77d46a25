const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]{1,100000})-----END CERTIFICATE-----/

/**
 * The first certificate of a text as DER: PEM, or base64 of PEM, as cosign writes `.cert`. Throws Error where there is none.
 */
export function pemToDer(text: string): Buffer {
  const plain = PEM.exec(text)
  const inside = plain ?? PEM.exec(Buffer.from(text, 'base64').toString('latin1'))
  if (inside?.[1] === undefined) throw new Error('it holds no certificate in PEM, nor base64 of one')
  return Buffer.from(inside[1], 'base64')
}
