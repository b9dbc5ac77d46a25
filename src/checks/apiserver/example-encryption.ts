import type { EstateInput, InlineFile } from '../../model/index.js'
import { apiserverWith } from './example-apiserver.js'

export const ENCRYPTION = '/etc/kubernetes/enc/config.yaml'

/** Providers with a key each, as they stand in an entry. */
export const AESCBC = 'aescbc: {keys: [{name: key1, secret: c2VjcmV0IGlzIHNlY3VyZQ==}]}'
export const SECRETBOX = 'secretbox: {keys: [{name: key1, secret: c2VjcmV0IGlzIHNlY3VyZQ==}]}'
export const KMS = 'kms: {apiVersion: v2, name: vault, endpoint: unix:///run/kms.sock}'

/** The file of an entry for `resources` (as YAML) with these providers, first to last; the entry is line 4. */
export function encryptionFile(providers: readonly string[], resources = '[secrets]'): string {
  const list = providers.map((provider) => `  - ${provider}\n`).join('')
  return `apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources:\n- resources: ${resources}\n  providers:\n${list}`
}

/** An API server that encrypts with these providers; the file belongs to root alone. */
export function encryptedWith(
  providers: readonly string[],
  { resources, file = {} }: { resources?: string; file?: Partial<Exclude<InlineFile, string>> } = {},
): EstateInput {
  const text = encryptionFile(providers, resources)
  return apiserverWith([`--encryption-provider-config=${ENCRYPTION}`], {
    files: { [ENCRYPTION]: { text, mode: 0o600, uid: 0, gid: 0, ...file } },
  })
}

/** The same with a file that was not read. */
export const ENCRYPTION_UNSEEN: EstateInput = apiserverWith(['--encryption-provider-config=/srv/enc.yaml'])
