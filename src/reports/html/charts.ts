import { SEVERITIES, type Counts, type Finding, type Severity } from '../../model/index.js'
import { areaOf } from '../area.js'
import { groupBy } from '../group-by.js'
import { htmlText } from '../html-text.js'
import { plural, severityText, shortTarget } from '../words.js'

const TARGETS = 8
const RADIUS = 15.9155 // a circumference of 100, so that lengths of arcs are percentages

/** Three cards: a ring by severity, bars by area, bars of the targets with most findings. */
export function charts(findings: readonly Finding[], counts: Counts): string {
  if (findings.length === 0) return ''
  const byArea = rows(findings, ({ target }) => areaOf(target))
  const byTarget = rows(findings, ({ target }) => shortTarget(target))
  const more =
    byTarget.length > TARGETS
      ? `<p class="faint">and ${plural(byTarget.length - TARGETS, 'more target')}</p>`
      : ''
  return `<section class="charts" aria-label="Charts">
<figure class="card"><figcaption>By severity</figcaption>${ring(counts)}</figure>
<figure class="card"><figcaption>By area</figcaption>${bars(byArea)}</figure>
<figure class="card wide"><figcaption>Targets with most findings</figcaption>${bars(byTarget.slice(0, TARGETS))}${more}</figure>
</section>`
}

interface Row {
  readonly label: string
  readonly counts: Readonly<Record<Severity, number>>
  readonly total: number
}

/** Groups by most findings, ties by the worst severity (findings come worst first), then by name. */
function rows(findings: readonly Finding[], label: (finding: Finding) => string): Row[] {
  return [...groupBy(findings, label)]
    .map(([name, group]) => ({ label: name, counts: countBySeverity(group), total: group.length }))
    .sort((a, b) => b.total - a.total || worseFirst(a, b) || (a.label < b.label ? -1 : 1))
}

function worseFirst(a: Row, b: Row): number {
  for (const severity of SEVERITIES) {
    if (a.counts[severity] !== b.counts[severity]) return b.counts[severity] - a.counts[severity]
  }
  return 0
}

function countBySeverity(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 }
  for (const { severity } of findings) counts[severity] += 1
  return counts
}

function ring(counts: Counts): string {
  const present = SEVERITIES.filter((severity) => counts[severity] > 0)
  const total = present.reduce((sum, severity) => sum + counts[severity], 0)
  let start = 0
  const arcs = present.map((severity) => {
    const share = (100 * counts[severity]) / total
    const length = round(Math.max(share - (present.length > 1 ? 0.6 : 0), 0.4))
    const dashes = `${length} ${round(100 - length)}`
    const arc = `<circle class="${severity}" cx="21" cy="21" r="${RADIUS}" stroke-dasharray="${dashes}" stroke-dashoffset="${round(25 - start)}"/>`
    start += share
    return arc
  })
  const legend = present.map(
    (severity) =>
      `<li><span class="dot ${severity}"></span><span>${severity}</span><b>${counts[severity]}</b></li>`,
  )
  return `<div class="ring"><svg viewBox="0 0 42 42" role="img" aria-label="${severityText(counts)}">${arcs.join('')}<text x="21" y="21.2">${total}</text><text class="unit" x="21" y="26.4">${total === 1 ? 'finding' : 'findings'}</text></svg><ul class="legend">${legend.join('')}</ul></div>`
}

function bars(list: readonly Row[]): string {
  const most = Math.max(...list.map(({ total }) => total))
  const items = list.map((row) => {
    let x = 0
    const parts = SEVERITIES.filter((severity) => row.counts[severity] > 0).map((severity) => {
      const width = (100 * row.counts[severity]) / most
      const part = `<rect class="${severity}" x="${round(x)}" y="0" width="${round(width)}" height="10"/>`
      x += width
      return part
    })
    const label = htmlText(row.label)
    return `<li><span class="label" title="${label}">${label}</span><svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="${severityText(row.counts)}">${parts.join('')}</svg><b>${row.total}</b></li>`
  })
  return `<ul class="bars">${items.join('')}</ul>`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
