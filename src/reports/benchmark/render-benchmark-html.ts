import { CONTROL_STATES, type BenchmarkResult, type ControlResult } from '../../model/index.js'
import { groupBy } from '../group-by.js'
import { LOGO, sourceHash } from '../html/page-parts.js'
import { STYLE } from '../html/style.js'
import { htmlProse, htmlText } from '../html-text.js'
import { evidencePlace, sourceText, targetText } from '../words.js'
import { STATE_NAMES, totalsLine } from './state-words.js'

const OWN_STYLE = `
table { width: 100%; border-collapse: collapse; }
th { text-align: left; color: var(--faint); font-weight: 400; font-size: 13px; }
td, th { padding: 7px 10px; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
td:first-child { font-family: var(--mono); white-space: nowrap; width: 6em; }
td:nth-child(2) { width: 9em; font-weight: 600; color: var(--tone); }
td:nth-child(3) { width: 34%; }
td ul { margin: 0; padding-left: 18px; }
.pass { --tone: var(--added); } .fail { --tone: var(--high); }
.totals { display: flex; flex-wrap: wrap; gap: 8px 24px; padding: 12px 16px; margin: 24px 0; list-style: none; }
.totals b { color: var(--tone); font-size: 22px; margin-right: 6px; }`

const SHEET = `${STYLE}${OWN_STYLE}`

/** The result as one HTML file without a script, which asks for nothing from outside. */
export function renderBenchmarkHtml(result: BenchmarkResult): string {
  const { name, edition } = result.benchmark
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${sourceHash(SHEET)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${htmlText(name)}: ${totalsLine(result)}</title>
<style>${SHEET}</style>
</head>
<body>
<header><div>
${LOGO}
<div class="words"><h1>${htmlText(name)}</h1><p>${htmlText(edition)}; the titles are Rampart's own</p></div>
</div></header>
<main>
<ul class="totals card" aria-label="Totals">${CONTROL_STATES.filter(
    (state) => state !== 'accepted' || result.counts.accepted > 0,
  )
    .map((state) => `<li class="${state}"><b>${result.counts[state]}</b>${STATE_NAMES[state]}</li>`)
    .join('')}</ul>
${[...groupBy(result.controls, ({ section }) => section)].map(([section, controls]) => sectionHtml(section, controls)).join('\n')}
<section><h2>Read</h2><ul>${result.sources.map((source) => `<li>${htmlText(sourceText(source))}</li>`).join('')}</ul></section>
</main>
<footer>Made by Rampart ${htmlText(result.rampart.version)}. This file holds paths, names and lines of the audited estate: treat it accordingly.</footer>
</body>
</html>
`
}

function sectionHtml(section: string, controls: readonly ControlResult[]): string {
  return `<section><h2>${htmlText(section)}</h2>
<table class="card"><thead><tr><th scope="col">Control</th><th scope="col">State</th><th scope="col">Title</th><th scope="col">Evidence, or what is needed</th></tr></thead>
<tbody>
${controls.map(rowHtml).join('\n')}
</tbody></table></section>`
}

function rowHtml(control: ControlResult): string {
  const { number, state, title } = control
  return `<tr class="${state}"><td>${htmlText(number)}</td><td>${STATE_NAMES[state]}</td><td>${htmlText(title)}</td><td>${evidenceHtml(control)}</td></tr>`
}

function evidenceHtml({ state, findings, reason }: ControlResult): string {
  if (state !== 'fail') return htmlProse(reason)
  const items = findings.map(({ severity, target, message, evidence }) => {
    const [first] = evidence
    const place = first === undefined ? '' : ` <span class="faint">${htmlText(evidencePlace(first))}</span>`
    return `<li>${severity}: ${htmlText(targetText(target))}: ${htmlProse(message)}${place}</li>`
  })
  return `<ul>${items.join('')}</ul>`
}
