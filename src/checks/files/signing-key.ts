/** Names of keys that sign identities of the cluster: certificate authorities, and service accounts. */
const SIGNS = /(?:^|\/)(?:[\w-]*ca|ca|sa|service|serviceaccount|service-account)(?:\.key|-key\.pem)$/

/** Whether a private key makes identities, by its name. */
export function signsIdentities(path: string): boolean {
  return SIGNS.test(path)
}
