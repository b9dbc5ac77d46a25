import type { BenchmarkResult, ControlResult, ControlState } from '../../model/index.js'
import { visible } from '../../text/index.js'
import { groupBy } from '../group-by.js'
import { paletteFor, type Palette } from '../terminal/palette.js'
import { wrap } from '../terminal/wrap.js'
import { evidencePlace, plural, sourceText, targetText } from '../words.js'
import { STATE_NAMES, totalsLine } from './state-words.js'

export interface BenchmarkTextOptions {
  readonly color: boolean
  /** Columns; at least 60 are used. */
  readonly width: number
  /** Every piece of evidence, not only the first of each control. */
  readonly all: boolean
}

/** A line a control, with its evidence or what would be needed below it; the totals are the last line. */
export function renderBenchmarkText(result: BenchmarkResult, options: BenchmarkTextOptions): string {
  const palette = paletteFor(options.color)
  const width = Math.max(options.width, 60)
  const { name, edition } = result.benchmark
  const lines = [
    palette.strong(visible(`Rampart ${result.rampart.version}, ${name}`)),
    `${visible(edition)}; the titles are Rampart's own`,
    '',
    ...result.sources.map(
      (source, index) => `${index === 0 ? 'Read    ' : '        '}${visible(sourceText(source))}`,
    ),
    ...[...groupBy(result.controls, ({ section }) => section)].flatMap(([section, controls]) => [
      '',
      palette.heading(visible(section)),
      ...controls.flatMap((control) => controlLines(control, width, options.all, palette)),
    ]),
    ...problemLines(result),
    '',
    totalsLine(result),
  ]
  return `${lines.join('\n')}\n`
}

const NUMBER = 8
const STATE = 16

function controlLines(control: ControlResult, width: number, all: boolean, palette: Palette): string[] {
  const { number, title, state } = control
  const head = `${visible(number).padEnd(NUMBER)}${paint(state, palette)(STATE_NAMES[state].padEnd(STATE))}${visible(title)}`
  if (state === 'pass') return [head]
  const details = state === 'fail' && control.findings.length > 0 ? places(control, all) : [control.reason]
  const indent = ' '.repeat(NUMBER + STATE)
  return [head, ...details.flatMap((detail) => wrap(visible(detail), width, indent)).map(palette.faint)]
}

function paint(state: ControlState, palette: Palette): (text: string) => string {
  if (state === 'fail') return palette.removed
  if (state === 'pass') return palette.good
  return state === 'unknown' ? palette.warning : palette.faint
}

/** One line a finding: what it is about, what is wrong, where. */
function places({ findings }: ControlResult, all: boolean): string[] {
  const shown = all ? findings : findings.slice(0, 1)
  const lines = shown.map(({ severity, target, message, evidence }) => {
    const [first] = evidence
    return `${severity}: ${targetText(target)}: ${message}${first === undefined ? '' : ` (${evidencePlace(first)})`}`
  })
  const left = findings.length - shown.length
  return left === 0 ? lines : [...lines, `and ${plural(left, 'finding')} more (--all)`]
}

function problemLines({ problems }: BenchmarkResult): string[] {
  if (problems.length === 0) return []
  return [
    '',
    `${plural(problems.length, 'problem')} of reading: \`rampart audit\` without --benchmark shows them`,
  ]
}
