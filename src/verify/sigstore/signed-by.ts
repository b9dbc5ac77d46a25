/** Who has to have signed: both exactly. */
export interface SignerPolicy {
  /** The subject alternative name of the certificate: an e-mail address or an address of a workflow. */
  readonly identity: string
  /** The OpenID issuer that vouched for it. */
  readonly issuer: string
}

/**
 * Who signs the files of Kubernetes releases.
 * Source: kubernetes.io docs tasks/administer-cluster/verify-signed-artifacts, kubernetes/release gcb/release/cloudbuild.yaml.
 */
export const KUBERNETES_FILES: SignerPolicy = {
  identity: 'krel-staging@k8s-releng-prod.iam.gserviceaccount.com',
  issuer: 'https://accounts.google.com',
}

/** What a signature says, once it holds. */
export interface Signer {
  readonly identity: string
  readonly issuer: string
  /** Seconds since 1970 of the signed time; absent where no clock that is trusted says it. */
  readonly signedAt?: number
}

/** Which of the things that can be wrong with a signature is. */
export type SignatureFault =
  | 'damaged-bundle'
  | 'other-bytes'
  | 'wrong-identity'
  | 'wrong-issuer'
  | 'foreign-certificate'
  | 'expired-certificate'
  | 'log-entry'
  | 'no-signed-time'
  | 'unsupported-key'

export type SignatureAnswer =
  | { readonly kind: 'verified'; readonly signer: Signer }
  /** The signature is the certificate's and the certificate is Sigstore's, but nothing says that it was in time. */
  | { readonly kind: 'time-not-proven'; readonly signer: Signer; readonly why: string }
  | { readonly kind: 'fault'; readonly fault: SignatureFault; readonly why: string; readonly signer?: Signer }
