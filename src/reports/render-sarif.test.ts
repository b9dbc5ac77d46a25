import { describe, expect, it } from 'vitest'
import {
  auditResultOf,
  cleanAuditResult,
  policedAuditResult,
  refOf,
  sampleAuditResult,
  sampleFinding,
} from '../../test/kit/sample-audit-result.js'
import { schemaValidator } from '../../test/kit/schema-validator.js'
import type { AuditResult } from '../model/index.js'
import { renderSarif } from './render-sarif.js'

const errorsOf = schemaValidator('test/fixtures/sarif/sarif-schema-2.1.0.json')

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly Record<string, unknown>[] } }
  readonly originalUriBaseIds: Record<string, unknown>
  readonly invocations: readonly { readonly toolExecutionNotifications: readonly Record<string, unknown>[] }[]
  readonly results: readonly {
    readonly ruleId: string
    readonly ruleIndex: number
    readonly kind: string
    readonly level: string
    readonly message: { readonly text: string }
    readonly locations: readonly Record<string, { readonly artifactLocation: { readonly uri: string } }>[]
    readonly partialFingerprints: Record<string, string>
  }[]
}

const runOf = (result: AuditResult): Run => (JSON.parse(renderSarif(result)) as { runs: [Run] }).runs[0]

it.each([
  ['a realistic result', sampleAuditResult],
  ['exceptions and a baseline', policedAuditResult],
  ['no findings', cleanAuditResult],
  [
    'nothing read',
    auditResultOf({ findings: [sampleFinding({ evidence: [], references: [], fix: undefined })] }),
  ],
])('is valid SARIF 2.1.0: %s', (_, result) => {
  expect(errorsOf(JSON.parse(renderSarif(result)))).toEqual([])
})

it('is judged by a schema that can say no', () => {
  const log = JSON.parse(renderSarif(sampleAuditResult)) as { runs: [{ results: Record<string, unknown>[] }] }
  log.runs[0].results[0]!['level'] = 'fatal'
  log.runs[0].results[1]!['surprise'] = true
  expect(errorsOf(log).length).toBeGreaterThanOrEqual(2)
})

describe('results', () => {
  const run = runOf(sampleAuditResult)

  it('are failures with their level, and open questions of level none', () => {
    expect(run.results.map(({ kind, level }) => `${kind} ${level}`)).toEqual([
      ...['fail error', 'fail error', 'fail error', 'fail error'],
      ...Array<string>(6).fill('fail warning'),
      ...['fail note', 'fail note'],
      ...['open none', 'open none', 'open none'],
    ])
  })

  it('point at the rule with the same id', () => {
    for (const { ruleId, ruleIndex } of run.results)
      expect(run.tool.driver.rules[ruleIndex]?.['id']).toBe(ruleId)
  })

  it('carry the fingerprint that baselines use', () => {
    expect(run.results[0]?.partialFingerprints).toEqual({
      'rampart/v1': sampleAuditResult.findings[0]?.fingerprint,
    })
  })

  it('all name a file, as code scanning services demand', () => {
    for (const { locations } of run.results)
      expect(locations[0]?.['physicalLocation']?.artifactLocation.uri).toBeTruthy()
  })

  it('name the object and the path in it', () => {
    expect(run.results[3]?.locations[0]?.['logicalLocations']).toEqual([
      {
        name: 'log-agent',
        fullyQualifiedName: 'observability/DaemonSet.apps/log-agent#spec.template.spec.hostPID',
        kind: 'resource',
      },
    ])
  })

  it('hold the fix in their message', () => {
    expect(run.results[0]?.message.text)
      .toBe(`kubelet on worker-2: The kubelet on \`worker-2\` accepts requests without a credential.
Open to anyone, no credential needed.
Fix: Set \`authentication.anonymous.enabled\` to false and restart the kubelet.`)
  })

  it('have no text that reads as a link or placeholder', () => {
    const finding = sampleFinding({
      message: 'image [x](http://a) and {0}, spec.containers[0]',
      fix: undefined,
    })
    expect(runOf(auditResultOf({ findings: [finding] })).results[0]?.message.text).toContain(
      'image [x\\](http://a) and {{0}}, spec.containers[0]',
    )
  })
})

describe('rules', () => {
  it('have the score of their worst finding', () => {
    const severities = (['low', 'high', 'medium'] as const).map((severity, index) =>
      sampleFinding({ severity, target: { kind: 'object', object: refOf('Pod', `p${index}`) } }),
    )
    const [rule] = runOf(auditResultOf({ findings: severities })).tool.driver.rules
    expect(rule).toMatchObject({
      id: 'kubelet-anonymous-auth',
      helpUri: 'https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/',
      defaultConfiguration: { level: 'error' },
      properties: { 'security-severity': '8.0' },
    })
  })

  it('are listed for checks that passed, without texts that nobody gave', () => {
    expect(runOf(cleanAuditResult).tool.driver.rules).toEqual([
      { id: 'pod-run-as-root', shortDescription: { text: 'A container may run as root' } },
    ])
  })
})

it('reports what could not be read and what does not apply as notifications, not as alerts', () => {
  const [invocation] = runOf(sampleAuditResult).invocations
  expect(invocation?.toolExecutionNotifications.map(({ level }) => level)).toEqual([
    'error',
    'warning',
    'none',
    'none',
  ])
})

it('explains every base that an address starts from', () => {
  const text = renderSarif(sampleAuditResult)
  const used = new Set([...text.matchAll(/"uriBaseId": "([^"]+)"/g)].map(([, name]) => name))
  const known = Object.keys(runOf(sampleAuditResult).originalUriBaseIds)
  for (const name of used) expect(known).toContain(name)
})
