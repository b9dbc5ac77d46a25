/**
 * Whether a cipher suite of Go's crypto/tls is weak: no forward secrecy (RSA key exchange), CBC, 3DES or RC4.
 * Source: Go crypto/tls `InsecureCipherSuites`, and RFC 9325 section 4.2 for RSA key exchange and CBC.
 */
export function isWeakCipher(name: string): boolean {
  return /^TLS_RSA_|_CBC_|_3DES_|_RC4_/.test(name)
}
