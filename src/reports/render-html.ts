import { countsLine, SEVERITIES, type AuditResult, type Counts } from '../model/index.js'
import { scriptSafeJson } from './escaped-json.js'
import { charts } from './html/charts.js'
import { LOGO, sourceHash } from './html/page-parts.js'
import { pageData } from './html/page-data.js'
import { SCRIPT } from './html/script.js'
import { sections } from './html/sections.js'
import { STYLE } from './html/style.js'
import { htmlText } from './html-text.js'
import { verdict } from './verdict.js'

/**
 * The result as one HTML file that asks for nothing from outside. Its security policy allows just this style sheet
 * and this script, by their hashes: markup that slipped in could neither load nor run anything.
 */
export function renderHtml(result: AuditResult): string {
  const { counts, findings } = result
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${sourceHash(STYLE)}'; script-src '${sourceHash(SCRIPT)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>Rampart audit: ${countsLine(counts)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<header><div>
${LOGO}
<div class="words"><h1>Rampart audit</h1><p>${countsLine(counts)}</p></div>
<button id="theme" class="tools" type="button" title="Switch between light and dark" aria-label="Switch between light and dark">${HALF_MOON}</button>
</div></header>
<main>
${tiles(counts)}
${charts(findings, counts)}
<section aria-labelledby="findings">
<h2 id="findings" tabindex="-1">Findings</h2>
<noscript><p class="card nothing">The list needs JavaScript, which runs from this file alone.</p></noscript>
${FILTERS}
<div class="state"><p id="count" role="status" aria-live="polite"></p><button id="open" class="tools" type="button">Open all</button></div>
<p id="nothing" class="card nothing" hidden>${findings.length === 0 ? verdict(result) : 'No finding matches these filters.'}</p>
<ol id="list"></ol>
<button id="more" class="more" type="button" hidden></button>
</section>
${sections(result)}
</main>
<footer>Made by Rampart ${htmlText(result.rampart.version)}. This file holds paths, names and lines of the audited estate: treat it accordingly.</footer>
<script type="application/json" id="data">${scriptSafeJson(pageData(result))}</script>
<script>${SCRIPT}</script>
</body>
</html>
`
}

const HALF_MOON = `<svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" stroke-width="2"/><path d="M10 2a8 8 0 0 1 0 16z" fill="currentColor"/></svg>`

const FILTERS = `<div class="filters card" role="search" aria-label="Filters">
<label class="search">Search<input id="q" type="search" placeholder="name, file, words ... ( / )" autocomplete="off" spellcheck="false"></label>
<label>Answers<select id="show"><option value="fail">Findings</option><option value="unknown">Open questions</option><option value="accepted">Accepted</option><option value="notApplicable">Not applicable</option><option value="all">All</option></select></label>
<label>Check<select id="check"></select></label>
<label>Namespace or host<select id="place"></select></label>
<button id="reset" type="button">Reset</button>
<fieldset class="pills"><legend>Severity</legend>${SEVERITIES.map(
  (severity) =>
    `<button type="button" class="${severity}" data-severity="${severity}" aria-pressed="false"><span class="dot"></span>${severity}</button>`,
).join('')}</fieldset>
</div>`

function tiles(counts: Counts): string {
  const severities = SEVERITIES.map((name) => tile(name, counts[name], `data-severity="${name}"`, name))
  return `<section class="tiles" aria-label="Counts">${severities.join('')}${tile('unknown', counts.unknown, 'data-show="unknown"', 'not known')}</section>`
}

function tile(tone: string, count: number, data: string, label: string): string {
  return `<button type="button" class="${tone}" ${data} aria-pressed="false"${count === 0 ? ' data-zero' : ''}><b>${count}</b><span>${label}</span></button>`
}
