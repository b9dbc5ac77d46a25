import { expect, it } from 'vitest'
import { flagTable } from '../text/index.js'
import { flagsOfVersion } from './versioned-flags.js'

it.each([
  ['kube-apiserver', 32, 'cloud-provider', true],
  ['kube-apiserver', 33, 'cloud-provider', false],
  ['kube-apiserver', 35, 'tls-curve-preferences', false],
  ['kube-apiserver', 36, 'tls-curve-preferences', true],
  ['kube-controller-manager', 37, 'concurrent-node-lifecycle-syncs', true],
  ['kube-controller-manager', 36, 'concurrent-node-lifecycle-syncs', false],
  // Every component has these, whatever its help names.
  ['kube-scheduler', 31, 'log-json-split-stream', true],
  ['kube-scheduler', 31, 'v', true],
] as const)('%s 1.%i, --%s: %s', (component, minor, flag, expected) => {
  expect(flag in flagsOfVersion(component, minor)).toBe(expected)
})

it.each([undefined, 24, 99])('of version %s are those of 1.36', (minor) => {
  expect(flagsOfVersion('kube-apiserver', minor)).toBe(flagTable('kube-apiserver'))
})
