import { describe, expect, it } from 'vitest'
import { readPodSecurityLabels, type PodSecurityPolicies } from './labels.js'

const p = (label: string): string => `pod-security.kubernetes.io/${label}`
const short = (labels: Record<string, unknown>, defaults?: PodSecurityPolicies): string => {
  const given = Object.fromEntries(Object.entries(labels).map(([key, value]) => [p(key), value]))
  const { enforce, audit, warn, wrong } = readPodSecurityLabels(given, defaults)
  const modes = [enforce, audit, warn].map(({ level, version }) => `${level[0]}:${version}`)
  return [...modes, ...wrong.map(({ label }) => label.slice(p('').length))].join(' ')
}

describe('labels of Pod Security', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['none', {}, 'p:latest p:latest p:latest'],
    ['warn follows enforce', { enforce: 'baseline' }, 'b:latest p:latest b:latest'],
    ['with its version', { enforce: 'restricted', 'enforce-version': 'v1.30' }, 'r:v1.30 p:latest r:v1.30'],
    [
      'but for a version of its own',
      { enforce: 'restricted', 'enforce-version': 'v1.30', 'warn-version': 'v1.31' },
      'r:v1.30 p:latest r:v1.31',
    ],
    [
      'warn that says less stays',
      { enforce: 'restricted', warn: 'privileged' },
      'r:latest p:latest p:latest',
    ],
    [
      'a wrong enforce is restricted, and warn does not follow',
      { enforce: 'Baseline' },
      'r:latest p:latest p:latest enforce',
    ],
    ['a wrong audit is privileged', { audit: 'strict' }, 'p:latest p:latest p:latest audit'],
    ['a wrong warn is privileged', { enforce: 'baseline', warn: '' }, 'b:latest p:latest p:latest warn'],
    [
      'a wrong version is the latest',
      { enforce: 'baseline', 'enforce-version': '1.30' },
      'b:latest p:latest b:latest enforce-version',
    ],
    ['a leading zero is wrong', { 'audit-version': 'v1.05' }, 'p:latest p:latest p:latest audit-version'],
    ['a label that nobody reads', { enforced: 'restricted' }, 'p:latest p:latest p:latest enforced'],
    ['no texts', { enforce: 7, audit: null, warn: [] }, 'r:latest p:latest p:latest enforce audit warn'],
  ])('%s', (_name, labels, expected) => expect(short(labels)).toBe(expected))

  it('begin at the defaults of the cluster', () => {
    const restricted = { level: 'restricted', version: 'v1.36' } as const
    const defaults = { enforce: restricted, audit: restricted, warn: restricted }
    expect(short({ enforce: 'privileged' }, defaults)).toBe('p:v1.36 r:v1.36 r:v1.36')
    expect(short({}, defaults)).toBe('r:v1.36 r:v1.36 r:v1.36')
  })
})
