import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isObject, valueAt, type JsonObject } from '../../model/index.js'
import { evaluatePodSecurity } from './evaluate.js'

const HARD: JsonObject = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
}

function pod(spec: JsonObject = {}, context: JsonObject = HARD, metadata: JsonObject = {}) {
  return { metadata, spec: { containers: [{ name: 'app', securityContext: context }], ...spec } }
}

function failed(
  given: ReturnType<typeof pod>,
  version = 'latest',
  level: 'baseline' | 'restricted' = 'restricted',
) {
  return evaluatePodSecurity(given, level, version).map((violation) => violation.check)
}

describe('evaluatePodSecurity', () => {
  it('finds nothing in a pod that keeps every control', () => {
    expect(failed(pod())).toEqual([])
  })

  it.each<[string, ReturnType<typeof pod>, Record<string, string[]>]>([
    [
      'sysctls are allowed from their own version on',
      pod({ securityContext: { sysctls: [{ name: 'net.ipv4.tcp_rmem' }] } }),
      { 'v1.31': ['sysctls'], 'v1.32': [] },
    ],
    [
      'the sysctls of 1.37',
      pod({
        securityContext: {
          sysctls: [{ name: 'net.ipv4.tcp_slow_start_after_idle' }, { name: 'net.ipv4.tcp_notsent_lowat' }],
        },
      }),
      { 'v1.36': ['sysctls'], 'v1.37': [], latest: [], 'v1.99': [] },
    ],
    [
      'hosts of probes count from 1.34',
      pod({
        containers: [{ name: 'app', securityContext: HARD, livenessProbe: { tcpSocket: { host: 'x' } } }],
      }),
      { 'v1.33': [], 'v1.34': ['hostProbesAndHostLifecycle'] },
    ],
    [
      'a user namespace allows root from 1.35',
      pod({ hostUsers: false }, { ...HARD, runAsNonRoot: false, runAsUser: 0 }),
      { 'v1.34': ['runAsNonRoot', 'runAsUser'], 'v1.35': [] },
    ],
    [
      'restricted wants a masked /proc even with a user namespace',
      pod({ hostUsers: false }, { ...HARD, procMount: 'Unmasked' }),
      { 'v1.34': ['procMount'], 'v1.35': ['procMount_restricted'] },
    ],
    [
      'Windows is let off three controls from 1.25, not off runAsNonRoot',
      pod({ os: { name: 'windows' } }, {}),
      {
        'v1.24': [
          'allowPrivilegeEscalation',
          'capabilities_restricted',
          'runAsNonRoot',
          'seccompProfile_restricted',
        ],
        'v1.25': ['runAsNonRoot'],
      },
    ],
    [
      'annotations of seccomp count until 1.18',
      pod({}, HARD, { annotations: { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' } }),
      { 'v1.18': ['seccompProfile_baseline'], 'v1.19': [] },
    ],
    [
      'words that are no version mean the newest',
      pod({ securityContext: { sysctls: [{ name: 'net.ipv4.tcp_notsent_lowat' }] } }),
      { '': [], 'v1.36-alpha': [], 'v2.0': [], 'v1.0': ['sysctls'] },
    ],
    [
      'a capability in small letters is another word',
      pod({}, { ...HARD, capabilities: { drop: ['all'], add: ['net_bind_service'] } }),
      { latest: ['capabilities_restricted'] },
    ],
  ])('%s', (_name, given, verdicts) => {
    for (const [version, expected] of Object.entries(verdicts)) {
      expect([version, failed(given, version)]).toEqual([version, expected])
    }
  })

  it('counts init and ephemeral containers and says each place', () => {
    const spec = {
      initContainers: [{ name: 'i', securityContext: { privileged: true } }],
      ephemeralContainers: [{ name: 'e', securityContext: { privileged: true } }],
    }
    expect(evaluatePodSecurity(pod(spec), 'baseline', 'latest')).toEqual([
      {
        check: 'privileged',
        message: 'privileged (containers "i", "e" must not set securityContext.privileged=true)',
        places: [
          {
            path: ['spec', 'initContainers', 0, 'securityContext', 'privileged'],
            container: 'i',
            value: true,
          },
          {
            path: ['spec', 'ephemeralContainers', 0, 'securityContext', 'privileged'],
            container: 'e',
            value: true,
          },
        ],
      },
    ])
  })

  it('keeps the index of a capability behind one that is no text', () => {
    const given = pod({}, { ...HARD, capabilities: { drop: ['ALL'], add: [5, 'SYS_ADMIN'] } })
    for (const level of ['baseline', 'restricted'] as const) {
      const [violation] = evaluatePodSecurity(given, level, 'latest')
      expect(violation?.places.map((place) => place.path.at(-1))).toEqual([1])
    }
  })

  it('never throws, and every value that it names is there', () => {
    const wild = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<unknown>(null, true, false, 0, 80, 'ALL', 'windows', '', 'Unmasked'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(
            'name',
            'spec',
            'containers',
            'initContainers',
            'securityContext',
            'capabilities',
            'add',
            'drop',
            'volumes',
            'hostPath',
            'ports',
            'hostPort',
            'privileged',
            'sysctls',
            'os',
            'seccompProfile',
            'type',
            'annotations',
            'livenessProbe',
            'httpGet',
            'host',
            'procMount',
            '__proto__',
            'runAsUser',
          ),
          tie('value'),
          { maxKeys: 6 },
        ),
      ),
    })).value
    fc.assert(
      fc.property(wild, wild, fc.integer({ min: 0, max: 40 }), (metadata, spec, minor) => {
        const given = {
          metadata: isObject(metadata) ? metadata : {},
          spec: isObject(spec) ? spec : {},
        }
        for (const level of ['baseline', 'restricted'] as const) {
          for (const { message, places } of evaluatePodSecurity(given, level, `v1.${minor}`)) {
            expect(message).toMatch(/^.+ \(.+\)$/s)
            for (const place of places) {
              if (typeof place.value !== 'boolean' && typeof place.value !== 'number') continue
              expect(valueAt(given, place.path)).toBe(place.value)
            }
          }
        }
      }),
      { numRuns: 500 },
    )
  })
})
