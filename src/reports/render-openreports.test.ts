import { describe, expect, it } from 'vitest'
import { crdValidator } from '../../test/kit/crd-validator.js'
import { hostileText, withEveryText } from '../../test/kit/hostile-result.js'
import {
  auditResultOf,
  cleanAuditResult,
  refOf,
  sampleAuditResult,
  sampleFinding,
} from '../../test/kit/sample-audit-result.js'
import fc from 'fast-check'
import type { AuditResult } from '../model/index.js'
import { renderOpenReports } from './render-openreports.js'

interface ReportObject {
  readonly kind: 'Report' | 'ClusterReport'
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly summary: Record<'pass' | 'fail' | 'warn' | 'error' | 'skip', number>
  readonly results: readonly {
    readonly policy: string
    readonly result: string
    readonly severity?: string
  }[]
}

const errorsOf = {
  Report: crdValidator('test/fixtures/openreports/reports.yaml'),
  ClusterReport: crdValidator('test/fixtures/openreports/clusterreports.yaml'),
}

const reportsOf = (result: AuditResult): readonly ReportObject[] => {
  const { apiVersion, kind, items } = JSON.parse(renderOpenReports(result)) as {
    apiVersion: string
    kind: string
    items: ReportObject[]
  }
  expect({ apiVersion, kind }).toEqual({ apiVersion: 'v1', kind: 'List' })
  return items
}

describe('the schema of OpenReports v1alpha1', () => {
  it.each([
    ['a realistic result', sampleAuditResult],
    ['nothing found', cleanAuditResult],
  ])('holds for %s', (_, result) => {
    for (const report of reportsOf(result)) expect(errorsOf[report.kind](report)).toEqual([])
  })

  it('holds for any text in every field', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        for (const report of reportsOf(withEveryText(sampleAuditResult, () => text)))
          expect(errorsOf[report.kind](report)).toEqual([])
      }),
      { numRuns: 30 },
    )
  })
})

it('gives each namespace its report, and the rest to the cluster', () => {
  const reports = reportsOf(sampleAuditResult)
  const namespaces = new Set(
    [...sampleAuditResult.findings, ...sampleAuditResult.unknowns, ...sampleAuditResult.notApplicable].map(
      ({ target }) => (target.kind === 'object' ? target.object.namespace : ''),
    ),
  )
  expect(reports.map(({ kind, metadata }) => (kind === 'Report' ? metadata.namespace : '')).sort()).toEqual(
    [...namespaces, ...(namespaces.has('') ? [] : [''])].sort(),
  )
  expect(new Set(reports.map(({ metadata }) => metadata.name))).toEqual(new Set(['rampart']))
})

it('counts what it lists', () => {
  for (const { summary, results } of reportsOf(sampleAuditResult)) {
    for (const word of ['pass', 'fail', 'warn', 'error', 'skip'] as const)
      expect(results.filter(({ result }) => result === word)).toHaveLength(summary[word])
  }
})

it.each([
  ['a failure', { severity: 'high' }, 'fail'],
  ['advice', { severity: 'info' }, 'warn'],
  ['an open question', { result: 'unknown', reason: 'no-source' }, 'error'],
  ['what does not apply', { result: 'notApplicable' }, 'skip'],
] as const)('says of %s what the format calls it', (_, more, word) => {
  const finding = sampleFinding(more)
  const list =
    finding.result === 'unknown' ? 'unknowns' : finding.result === 'fail' ? 'findings' : 'notApplicable'
  const [report] = reportsOf(auditResultOf({ findings: [], [list]: [finding] }))
  expect(report?.results.find(({ policy }) => policy === finding.check)?.result).toBe(word)
})

it('parts a report that would be too large for one object', () => {
  const findings = Array.from({ length: 1200 }, (_, index) =>
    sampleFinding({
      target: { kind: 'object', object: refOf('Pod', `p-${index}`, { namespace: 'shop' }) },
      fingerprint: String(index),
    }),
  )
  const reports = reportsOf(auditResultOf({ findings })).filter(({ kind }) => kind === 'Report')
  expect(reports.map(({ metadata, results }) => [metadata.name, results.length])).toEqual([
    ['rampart', 500],
    ['rampart-2', 500],
    ['rampart-3', 200],
  ])
})
