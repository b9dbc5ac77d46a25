import { describe, expect, it } from 'vitest'
import {
  cleanAuditResult,
  policedAuditResult,
  sampleAuditResult,
} from '../../test/kit/sample-audit-result.js'
import { policyNotes } from './policy-notes.js'
import { renderJunit } from './render-junit.js'
import { renderOpenReports } from './render-openreports.js'
import { renderHtml, renderJson, renderMarkdown, renderSarif, renderTerminal } from './index.js'

const terminal = (result: typeof sampleAuditResult): string =>
  renderTerminal(result, { color: false, width: 300, all: false, command: 'rampart audit x' })

it('says nothing where nothing was accepted, changed or left out', () => {
  expect(policyNotes(sampleAuditResult)).toEqual([])
  expect(policyNotes(cleanAuditResult)).toEqual([])
})

it('names first what the audited files say about themselves', () => {
  const [first] = policyNotes(policedAuditResult)
  expect(first?.title).toBe('Set by the audited files themselves')
  expect(first?.notes.join('\n')).toContain('1 exception there, of which 1 in use')
  expect(first?.notes.join('\n')).toContain(
    'moved next quarter (until 2027-03-31; annotation of Deployment.apps',
  )
})

describe.each([
  ['text', terminal],
  ['JSON', renderJson],
  ['SARIF', renderSarif],
  ['Markdown', renderMarkdown],
  ['HTML', renderHtml],
])('%s', (_, render) => {
  it.each(['moved next quarter', '2027-03-31', 'apps/.rampart.yaml', 'pod-sysctls', 'rampart-baseline.json'])(
    'names %s',
    (words) => {
      expect(render(policedAuditResult).replaceAll('\\', '')).toContain(words)
    },
  )
})

it('counts what was accepted in the last line, and by no severity', () => {
  expect(terminal(policedAuditResult).trimEnd().split('\n').at(-1)).toMatch(/; 2 accepted$/)
  expect(terminal(sampleAuditResult)).not.toContain('accepted')
  expect(policedAuditResult.counts.high).toBe(sampleAuditResult.counts.high)
})

it('are suppressions in SARIF: in the source for an annotation, outside of it for a file', () => {
  const log = JSON.parse(renderSarif(policedAuditResult)) as {
    runs: [{ results: { kind: string; suppressions?: { kind: string; status: string }[] }[] }]
  }
  const suppressed = log.runs[0].results.filter(({ suppressions }) => suppressions !== undefined)
  expect(suppressed.map(({ kind, suppressions }) => [kind, suppressions?.[0]?.kind])).toEqual([
    ['fail', 'external'],
    ['fail', 'inSource'],
  ])
})

it.each([
  ['JUnit', renderJunit(policedAuditResult, { failOn: 'low' })],
  ['OpenReports', renderOpenReports(policedAuditResult)],
])('are skipped with their reason in %s', (_, text) => {
  expect(text).toContain('moved next quarter (until 2027-03-31')
})
