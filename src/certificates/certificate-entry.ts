import type { CertificateFacts } from '../pki/index.js'

/** Who uses a certificate, and by which setting. */
export interface CertificateUser {
  /** `kube-apiserver`, a kubeconfig's path, `ValidatingWebhookConfiguration guard`. */
  readonly by: string
  /** `--tls-cert-file`, `clientCAFile`, `caBundle`. */
  readonly as: string
}

/** What is wrong with a certificate where it is used. */
export type CertificateFaultKind = 'ended' | 'not-yet' | 'chain' | 'use' | 'name' | 'key' | 'unreadable'

export interface CertificateFault {
  readonly kind: CertificateFaultKind
  /** One sentence. */
  readonly message: string
}

/** Whether a certificate is accepted by who is shown it. */
export type ChainAnswer =
  | { readonly kind: 'fits'; readonly against: string }
  | { readonly kind: 'broken'; readonly against: string }
  /** Who is shown it was not seen, or what that trusts. */
  | { readonly kind: 'unknown'; readonly why: string }

/** One certificate at one place. */
export interface CertificateEntry {
  /** Name of the host or cluster; '' for files that were named. */
  readonly source: string
  /** Path, or kind and name of an object. */
  readonly place: string
  readonly line?: number
  /** What it is here: shown to others, trusted to sign, asked for, or kept in a Secret. */
  readonly kind: 'certificate' | 'authority' | 'request' | 'secret'
  /** Undefined where only the dates are known (Secrets) or nothing yet (requests). */
  readonly facts?: CertificateFacts
  /** Seconds since 1970; undefined of requests that are not signed. */
  readonly notBefore?: number
  readonly notAfter?: number
  readonly usedBy: readonly CertificateUser[]
  /** The private key beside it, where one was seen. */
  readonly key?: { readonly path: string; readonly fits: boolean | undefined }
  readonly chain: ChainAnswer
  readonly faults: readonly CertificateFault[]
}
