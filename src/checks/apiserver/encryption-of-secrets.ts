import { flagDocument, type FlagDocument } from '../../effective/index.js'
import {
  providersOf,
  readEncryptionConfiguration,
  type EncryptionConfiguration,
  type ResourceEncryption,
} from '../../kube/index.js'
import type { ComponentSubject, Report } from '../define-check.js'

/** How Secrets are encrypted, and the file that says so. */
export interface SecretsEncryption extends ResourceEncryption {
  readonly document: FlagDocument<EncryptionConfiguration>
}

/** Reads the encryption of Secrets; undefined once it was reported that there is none, or that nobody can know. */
export function encryptionOfSecrets(
  apiserver: ComponentSubject,
  report: Report,
): SecretsEncryption | undefined {
  const document = flagDocument(apiserver, 'encryption-provider-config', readEncryptionConfiguration)
  if (!document.known) {
    report.unknown(document)
    return undefined
  }
  if (document.value === undefined) {
    report.notApplicable('no encryption at rest is set up')
    return undefined
  }
  return { ...providersOf(document.value.value, 'secrets'), document: document.value }
}
