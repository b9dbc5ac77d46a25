import { DOMParser, type Element } from '@xmldom/xmldom'
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
  readonly failure?: { readonly type: string; readonly message: string; readonly text: string }
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

/** The document as plain objects; anything that is not well-formed is an error of the parser. */
function parse(text: string): { testsuites: Attributes; suites: readonly Suite[] } {
  const root = new DOMParser().parseFromString(text, 'text/xml').documentElement
  if (root === null) throw new Error('no root element')
  return { testsuites: attributesOf(root), suites: children(root).map(suiteOf) }
}

type Attributes = Readonly<Record<string, string>>

function suiteOf(element: Element): Suite {
  return { ...(attributesOf(element) as unknown as Suite), testcase: children(element).map(caseOf) }
}

function caseOf(element: Element): Case {
  const parts = children(element).map((part) => [
    part.tagName,
    part.tagName === 'system-out' ? part.textContent : { ...attributesOf(part), text: part.textContent },
  ])
  return { ...(attributesOf(element) as unknown as Case), ...(Object.fromEntries(parts) as object) }
}

function attributesOf(element: Element): Attributes {
  return Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]))
}

function children(element: Element): Element[] {
  return [...element.childNodes].filter((node): node is Element => node.nodeType === 1)
}

function suitesOf(result: AuditResult, failOn: Severity | 'none' = 'high'): readonly Suite[] {
  const text = renderJunit(result, { failOn })
  const { testsuites, suites } = parse(text)
  const sum = (field: 'tests' | 'failures'): number =>
    suites.reduce((total, suite) => total + Number(suite[field]), 0)
  expect([testsuites['tests'], testsuites['failures']]).toEqual([
    String(sum('tests')),
    String(sum('failures')),
  ])
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
    expect(first?.failure?.text).toContain('/var/lib/kubelet/config.yaml:5:14 on worker-2')
    expect(first?.failure?.text).toContain('Fix: Set `authentication.anonymous.enabled` to false')
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
