/** What is published of one file: the bytes that it should have, and who signed them. */
export interface Reference {
  /** The file's own name: `kubelet`, `kubernetes-server-linux-amd64.tar.gz`. */
  readonly name: string
  /** What the list says of the build; absent where it says nothing. */
  readonly version?: string
  readonly os?: string
  readonly architecture?: string
  /** Hex, lower case. */
  readonly sha256?: string
  readonly sha512?: string
  /** File and line, or the manifest and its release. */
  readonly from: string
  /** Evidence of who signed it; absent where nobody looked for any. */
  readonly signature?: SignatureEvidence
  /** The archive that this file is in, where the list covers that alone. */
  readonly covers?: 'archive'
}

/** Signatures as they are published. */
export type SignatureEvidence =
  /** A bundle as JSON, or as the text of its file. */
  | { readonly kind: 'bundle'; readonly bundle: unknown; readonly from: string }
  | { readonly kind: 'pair'; readonly signature: string; readonly certificate: string; readonly from: string }
  /** It was looked for, and none is published. */
  | { readonly kind: 'absent'; readonly from: string }

/** An image by its digest. */
export interface ImageReference {
  /** Without tag and digest: `registry.k8s.io/kube-apiserver-amd64`. */
  readonly repository: string
  readonly tag?: string
  /** `sha256:...` */
  readonly digest: string
  readonly from: string
}

/** All that is known of published files and images. */
export interface References {
  readonly files: readonly Reference[]
  readonly images: readonly ImageReference[]
}
