import { XMLParser, XMLValidator } from 'fast-xml-parser'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOSTILE_TEXTS, hostileText, withEveryText } from '../../test/kit/hostile-result.js'
import {
  auditResultOf,
  cleanAuditResult,
  sampleAuditResult,
  sampleFinding,
} from '../../test/kit/sample-audit-result.js'
import { SEVERITIES, type AuditResult, type Severity } from '../model/index.js'
import { renderJunit } from './render-junit.js'

interface Case {
  readonly name: string
  readonly failure?: { readonly type: string; readonly message: string; readonly '#text': string }
  readonly skipped?: { readonly message: string }
  readonly 'system-out'?: string
}

interface Suite {
  readonly name: string
  readonly tests: string
  readonly failures: string
  readonly skipped: string
  readonly testcase?: readonly Case[]
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  parseTagValue: false,
  isArray: (name) => name === 'testsuite' || name === 'testcase',
})

function suitesOf(result: AuditResult, failOn: Severity | 'none' = 'high'): readonly Suite[] {
  const text = renderJunit(result, { failOn })
  expect(XMLValidator.validate(text)).toBe(true)
  const { testsuites } = parser.parse(text) as {
    testsuites: { tests: string; failures: string; testsuite?: Suite[] }
  }
  const suites = testsuites.testsuite ?? []
  const sum = (field: 'tests' | 'failures'): number =>
    suites.reduce((total, suite) => total + Number(suite[field]), 0)
  expect([testsuites.tests, testsuites.failures]).toEqual([String(sum('tests')), String(sum('failures'))])
  for (const { tests, failures, skipped, testcase = [] } of suites) {
    expect(testcase).toHaveLength(Number(tests))
    expect(testcase.filter((each) => each.failure !== undefined)).toHaveLength(Number(failures))
    expect(testcase.filter((each) => each.skipped !== undefined)).toHaveLength(Number(skipped))
  }
  return suites
}

const casesOf = (result: AuditResult, failOn?: Severity | 'none'): Case[] =>
  suitesOf(result, failOn).flatMap(({ testcase = [] }) => testcase)

describe('JUnit', () => {
  it('has a suite for each check that ran', () => {
    expect(suitesOf(sampleAuditResult).map(({ name }) => name)).toEqual(
      sampleAuditResult.coverage.map(({ check }) => check),
    )
  })

  it.each([...SEVERITIES, 'none'] as const)('fails where the exit code would: --fail-on %s', (failOn) => {
    const limit = failOn === 'none' ? -1 : SEVERITIES.indexOf(failOn)
    const failed = casesOf(sampleAuditResult, failOn).filter(({ failure }) => failure !== undefined)
    expect(failed.map(({ failure }) => failure?.type).sort()).toEqual(
      sampleAuditResult.findings
        .map(({ severity }) => severity)
        .filter((severity) => SEVERITIES.indexOf(severity) <= limit)
        .sort(),
    )
  })

  it('tells evidence and fix in the text of a failure', () => {
    const [first] = casesOf(auditResultOf({ findings: [sampleFinding()] }))
    expect(first?.failure?.['#text']).toContain('/var/lib/kubelet/config.yaml:5:14 on worker-2')
    expect(first?.failure?.['#text']).toContain('Fix: Set `authentication.anonymous.enabled` to false')
  })

  it('shows a milder finding as output of a case that passed', () => {
    const [first] = casesOf(auditResultOf({ findings: [sampleFinding({ severity: 'low' })] }))
    expect(first?.failure).toBeUndefined()
    expect(first?.['system-out']).toMatch(/^low: /)
  })

  it('skips what is not known, with the reason', () => {
    const finding = sampleFinding({ result: 'unknown', reason: 'no-source', message: 'no process' })
    const [first] = casesOf(auditResultOf({ findings: [], unknowns: [finding] }))
    expect(first?.skipped?.message).toBe('unknown, nothing that was read says it: no process')
  })

  it('says how many answers passed', () => {
    expect(casesOf(cleanAuditResult).map(({ name }) => name)).toContainEqual(
      expect.stringMatching(/^\d+ answers? passed on evidence$/),
    )
  })

  it('is well-formed with any text in every field', () => {
    const check = (text: string): void => void casesOf(withEveryText(sampleAuditResult, () => text))
    HOSTILE_TEXTS.forEach(check)
    fc.assert(fc.property(hostileText(), check), { numRuns: 30 })
  })
})
