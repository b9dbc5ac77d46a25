import { expect, it } from 'vitest'
import { nodeFeatures, type NodeFeatures } from './node-features.js'

it.each<[keyof NodeFeatures, number, Record<string, boolean>, boolean]>([
  ['AuthorizeNodeWithSelectors', 31, {}, false],
  ['AuthorizeNodeWithSelectors', 31, { AuthorizeNodeWithSelectors: true }, true],
  ['AuthorizeNodeWithSelectors', 33, { AuthorizeNodeWithSelectors: false }, false],
  ['AuthorizeNodeWithSelectors', 33, { AllBeta: false }, false],
  ['AuthorizeNodeWithSelectors', 34, { AuthorizeNodeWithSelectors: false }, true],
  ['AuthorizeNodeWithSelectors', 38, {}, true],
  ['KubeletServiceAccountTokenForCredentialProviders', 36, {}, true],
  ['KubeletServiceAccountTokenForCredentialProviders', 32, { AllAlpha: true }, false],
  ['KubeletServiceAccountTokenForCredentialProviders', 33, { AllAlpha: true }, true],
  ['PodCertificateRequest', 33, { PodCertificateRequest: true }, false],
  ['PodCertificateRequest', 36, {}, false],
  ['PodCertificateRequest', 36, { AllBeta: true }, true],
  ['PodCertificateRequest', 36, { AllBeta: true, PodCertificateRequest: false }, false],
  ['PodCertificateRequest', 37, {}, true],
  ['ClusterTrustBundle', 35, { ClusterTrustBundle: true }, true],
  ['CSIVolumeHealth', 37, { AllAlpha: true }, true],
  ['CSIVolumeHealth', 37, { AllBeta: true }, false],
])('%s of 1.%i with %j: %s', (gate, minor, settings, on) => {
  expect(nodeFeatures(minor, new Map(Object.entries(settings)))[gate]).toBe(on)
})
