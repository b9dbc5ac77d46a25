import { describe, expect, it } from 'vitest'
import recorded from '../../data/admission-1.36.json' with { type: 'json' }
import flags from '../../data/flags-1.36.json' with { type: 'json' }
import { componentKnowledge, isKnownMinor, KNOWN_VERSIONS } from './component-knowledge.js'

const MINORS = [31, 32, 33, 34, 35, 36, 37]

describe('what each version knows', () => {
  it.each(MINORS)('1.%i', (minor) => {
    const { version, published, admission } = componentKnowledge(minor)
    expect(version).toMatch(new RegExp(`^1\\.${minor}\\.\\d+$`))
    expect(published).toMatch(/^20\d\d-\d\d-\d\d$/)
    expect([...admission.on].filter((name) => !admission.order.includes(name))).toEqual([])
    for (const name of ['NamespaceLifecycle', 'ServiceAccount', 'PodSecurity', 'ValidatingAdmissionPolicy'])
      expect(admission.on).toContain(name)
    for (const name of ['NodeRestriction', 'AlwaysAdmit', 'EventRateLimit', 'DenyServiceExternalIPs'])
      expect(admission.on).not.toContain(name)
  })

  // Recorded from the components of 1.36 themselves, while the data come from the sources.
  it('is for 1.36 what its components say', () => {
    const known = componentKnowledge(36)
    expect(known.admission.order).toEqual(recorded.order)
    expect(recorded.order.filter((name) => !known.admission.on.has(name)).sort()).toEqual(
      [...recorded.offByDefault].sort(),
    )
    for (const name of ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const)
      expect(Object.keys(known.flags[name]).sort()).toEqual(Object.keys(flags.components[name]).sort())
  })

  it.each([
    ['kube-apiserver', 'cloud-provider', [31, 32]],
    ['kube-apiserver', 'tls-curve-preferences', [36, 37]],
    ['kube-apiserver', 'requestheader-uid-headers', [32, 33, 34, 35, 36, 37]],
    ['kube-apiserver', 'feature-gates', MINORS],
    ['kube-apiserver', 'oidc-issuer-url', MINORS],
    ['kube-apiserver', 'authorization-config', MINORS],
    ['kube-apiserver', 'insecure-port', []],
    ['kube-controller-manager', 'concurrent-node-lifecycle-syncs', [37]],
    ['kube-scheduler', 'profiling', MINORS],
    ['kube-proxy', 'metrics-bind-address', MINORS],
    ['kube-proxy', 'leader-elect', []],
  ] as const)('%s --%s in %j', (component, flag, minors) => {
    expect(MINORS.filter((minor) => flag in componentKnowledge(minor).flags[component])).toEqual(minors)
  })

  it.each([
    [30, false, '1.31'],
    [31, true, '1.31'],
    [37, true, '1.37'],
    [38, false, '1.37'],
  ])('takes the nearest of a version outside: 1.%i', (minor, known, version) => {
    expect(isKnownMinor(minor)).toBe(known)
    expect(componentKnowledge(minor).version.startsWith(`${version}.`)).toBe(true)
  })

  it('names its range', () => expect(KNOWN_VERSIONS).toBe('1.31 to 1.37'))
})
