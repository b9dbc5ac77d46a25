/** Feature gates that change what nodes may do. */
export interface NodeFeatures {
  readonly AuthorizeNodeWithSelectors: boolean
  readonly KubeletServiceAccountTokenForCredentialProviders: boolean
  readonly PodCertificateRequest: boolean
  readonly ClusterTrustBundle: boolean
  readonly CSIVolumeHealth: boolean
}

/** Newest minor version whose defaults are known here. */
const NEWEST = 37

/**
 * The defaults of a minor version (36 for 1.36); of the newest known one for later ones.
 * Source: pkg/features/kube_features.go of kubernetes v1.31.14, v1.32.13, v1.33.13, v1.34.4, v1.35.4, v1.36.2, v1.37.2.
 */
export function nodeFeatures(minor: number = NEWEST - 1): NodeFeatures {
  return {
    AuthorizeNodeWithSelectors: minor >= 32,
    KubeletServiceAccountTokenForCredentialProviders: minor >= 34,
    PodCertificateRequest: minor >= 37,
    ClusterTrustBundle: minor >= 37,
    CSIVolumeHealth: false,
  }
}
