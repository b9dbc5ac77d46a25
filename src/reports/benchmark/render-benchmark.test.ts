import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOSTILE_TEXTS, hostileText } from '../../../test/kit/hostile-result.js'
import { sampleFinding } from '../../../test/kit/sample-audit-result.js'
import { schemaValidator } from '../../../test/kit/schema-validator.js'
import type { BenchmarkResult, ControlResult } from '../../model/index.js'
import { readCsvRecord } from '../../text/csv-record.js'
import { renderBenchmarkCsv, renderBenchmarkHtml, renderBenchmarkText, streamBenchmarkJson } from './index.js'

const control = (more: Partial<ControlResult>): ControlResult => ({
  number: '1.1',
  title: 'Title',
  section: 'Section',
  state: 'pass',
  reason: '2 answers passed on evidence',
  checks: ['a-check'],
  passed: 2,
  findings: [],
  ...more,
})

const resultOf = (text: string): BenchmarkResult => ({
  rampart: { version: text },
  benchmark: { id: 'nsa', name: text, edition: text },
  sources: [{ kind: 'manifests', name: text, objects: 1, files: 1, complete: false }],
  controls: [
    control({}),
    control({
      number: '1.2',
      state: 'fail',
      reason: text,
      findings: [sampleFinding({ message: text }), sampleFinding()],
    }),
    control({ number: '1.3', state: 'unknown', reason: text, title: text, section: text }),
  ],
  counts: { pass: 1, fail: 1, accepted: 0, unknown: 1, notApplicable: 0 },
  problems: [],
})

const plain = { color: false, width: 80, all: false }
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

describe('a benchmark', () => {
  it('is a line a control in text, and ends with the totals', () => {
    const text = renderBenchmarkText(resultOf('words'), plain)
    expect(text).toMatch(/^1\.1 {5}pass {12}Title$/m)
    expect(text).toMatch(/^1\.2 {5}fail/m)
    expect(text).toContain('and 1 finding more (--all)')
    expect(text.endsWith('\n3 controls: 1 pass, 1 fail, 1 unknown, 0 not applicable\n')).toBe(true)
  })

  it('shows every finding with --all', () => {
    expect(renderBenchmarkText(resultOf('words'), { ...plain, all: true })).not.toContain('(--all)')
  })

  it('is JSON after its schema', () => {
    const errorsOf = schemaValidator('schemas/benchmark-result.schema.json')
    expect(errorsOf(JSON.parse([...streamBenchmarkJson(resultOf('words'))].join('')))).toEqual([])
  })

  it('is a table in CSV', () => {
    const lines = renderBenchmarkCsv(resultOf('a "b", c')).split('\r\n')
    expect(lines).toHaveLength(5)
    const rows = lines.slice(0, -1).map((line) => readCsvRecord(line))
    expect(rows.map((row) => row?.length)).toEqual([10, 10, 10, 10])
    expect(rows[2]?.slice(4, 9)).toEqual(['fail', 'a "b", c', '2', '2', 'critical'])
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)'])('is no formula in a spreadsheet: %s', (text) => {
    expect(renderBenchmarkCsv(resultOf(text))).toContain(`"'${text}"`)
    expect(renderBenchmarkCsv(resultOf(text))).not.toContain(`"${text}"`)
  })

  it('keeps any text a text', () => {
    const skeleton = (page: string): string[] =>
      (page.replace(/<style>[^]*?<\/style>/, '').match(/<[^>]*>/g) ?? []).filter((tag) => !/code/.test(tag))
    const expected = skeleton(renderBenchmarkHtml(resultOf('x')))
    const check = (text: string): void => {
      const result = resultOf(text)
      const printed = [
        renderBenchmarkText(result, plain),
        renderBenchmarkCsv(result).replaceAll('\r\n', '\n'),
        renderBenchmarkHtml(result),
        [...streamBenchmarkJson(result)].join(''),
      ]
      for (const each of printed) expect(each.replaceAll('\n', '')).not.toMatch(HIDDEN)
      expect(skeleton(renderBenchmarkHtml(result))).toEqual(expected)
    }
    HOSTILE_TEXTS.forEach(check)
    fc.assert(fc.property(hostileText(), check), { numRuns: 30 })
  })
})
