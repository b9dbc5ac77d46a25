/** Feature gates that change what nodes may do. */
export interface NodeFeatures {
  readonly AuthorizeNodeWithSelectors: boolean
  readonly KubeletServiceAccountTokenForCredentialProviders: boolean
  readonly PodCertificateRequest: boolean
  readonly ClusterTrustBundle: boolean
  readonly CSIVolumeHealth: boolean
}

/** What a gate is from a minor version (36 for 1.36) on. */
interface Stage {
  readonly from: number
  readonly stage: 'alpha' | 'beta' | 'stable'
  readonly on: boolean
  /** It cannot be set otherwise. */
  readonly locked?: true
}

/**
 * Newest first. A gate does not exist before its last line.
 * Source: pkg/features/kube_features.go of kubernetes v1.31.14, v1.32.13, v1.33.13, v1.34.4, v1.35.4, v1.36.2, v1.37.2.
 */
const GATES: Readonly<Record<keyof NodeFeatures, readonly Stage[]>> = {
  AuthorizeNodeWithSelectors: [
    { from: 34, stage: 'stable', on: true, locked: true },
    { from: 32, stage: 'beta', on: true },
    { from: 31, stage: 'alpha', on: false },
  ],
  KubeletServiceAccountTokenForCredentialProviders: [
    { from: 34, stage: 'beta', on: true },
    { from: 33, stage: 'alpha', on: false },
  ],
  PodCertificateRequest: [
    { from: 37, stage: 'stable', on: true },
    { from: 35, stage: 'beta', on: false },
    { from: 34, stage: 'alpha', on: false },
  ],
  ClusterTrustBundle: [
    { from: 37, stage: 'stable', on: true },
    { from: 33, stage: 'beta', on: false },
    { from: 27, stage: 'alpha', on: false },
  ],
  CSIVolumeHealth: [{ from: 21, stage: 'alpha', on: false }],
}

/** Newest minor version whose defaults are known here. */
const NEWEST = 37

/** Gates as `--feature-gates` sets them: by name, `AllAlpha` and `AllBeta` among them. */
export type FeatureGateSettings = ReadonlyMap<string, boolean>

/**
 * The gates of a minor version (36 for 1.36), with what is set; those of the newest known one for later ones. What the
 * version does not know, or has locked, stays as it is: no API server starts that way.
 * Source: component-base v0.36.2 featuregate/feature_gate.go: a gate that is named wins over AllAlpha and AllBeta.
 */
export function nodeFeatures(
  minor: number = NEWEST - 1,
  settings: FeatureGateSettings = new Map(),
): NodeFeatures {
  const value = (name: keyof NodeFeatures): boolean => {
    const gate = GATES[name].find(({ from }) => minor >= from)
    if (gate === undefined || gate.locked === true) return gate?.on ?? false
    const ofStage = { alpha: 'AllAlpha', beta: 'AllBeta', stable: '' }[gate.stage]
    return settings.get(name) ?? settings.get(ofStage) ?? gate.on
  }
  return {
    AuthorizeNodeWithSelectors: value('AuthorizeNodeWithSelectors'),
    KubeletServiceAccountTokenForCredentialProviders: value(
      'KubeletServiceAccountTokenForCredentialProviders',
    ),
    PodCertificateRequest: value('PodCertificateRequest'),
    ClusterTrustBundle: value('ClusterTrustBundle'),
    CSIVolumeHealth: value('CSIVolumeHealth'),
  }
}
