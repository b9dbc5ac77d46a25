import { issueCertificate } from '../pki/index.js'
import type { ClientIdentity } from './credential.js'

/** A client certificate of an authority that nobody trusts, made now, in memory, good for minutes. */
export async function strangerIdentity(): Promise<ClientIdentity> {
  const authority = await issueCertificate({
    commonName: 'rampart probe stranger authority',
    use: 'authority',
    minutes: 10,
  })
  return issueCertificate({
    commonName: 'rampart probe stranger',
    use: 'client',
    minutes: 10,
    issuer: authority,
  })
}
