import { SEVERITIES, type BenchmarkResult, type ControlResult } from '../../model/index.js'
import { visible } from '../../text/index.js'
import { evidencePlace, targetText } from '../words.js'
import { STATE_NAMES } from './state-words.js'

const HEAD = [
  'benchmark',
  'control',
  'section',
  'title',
  'state',
  'reason',
  'passed',
  'failed',
  'severity',
  'evidence',
]

/** A line a control after RFC 4180; several pieces of evidence stand in one cell, parted by ` | `. */
export function renderBenchmarkCsv({ benchmark, controls }: BenchmarkResult): string {
  const rows = controls.map((control) => [
    benchmark.name,
    control.number,
    control.section,
    control.title,
    STATE_NAMES[control.state],
    control.reason,
    String(control.passed),
    String(control.state === 'fail' ? control.findings.length : 0),
    worstSeverity(control),
    control.findings.map(place).join(' | '),
  ])
  return [HEAD, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

function worstSeverity({ state, findings }: ControlResult): string {
  if (state !== 'fail') return ''
  return SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity)) ?? ''
}

function place({ target, evidence }: ControlResult['findings'][number]): string {
  const [first] = evidence
  return first === undefined ? targetText(target) : `${targetText(target)} at ${evidencePlace(first)}`
}

/** Spreadsheets run what begins with these signs as a formula: an apostrophe makes it text. */
const FORMULA = /^[=+\-@]/

function cell(text: string): string {
  const shown = visible(text)
  return `"${(FORMULA.test(shown) ? `'${shown}` : shown).replaceAll('"', '""')}"`
}
