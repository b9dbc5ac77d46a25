import type { Blocker, PlannedStep, UpgradePlan } from '../../upgrade/index.js'
import { subjectText } from '../../upgrade/index.js'
import { LOGO, sourceHash } from '../html/page-parts.js'
import { STYLE } from '../html/style.js'
import { htmlProse, htmlText } from '../html-text.js'
import { blockTitle, commandLines, planSections, roadLines, type PlanBlock } from './plan-sections.js'

const OWN_STYLE = `
.road { padding: 12px 16px; margin: 24px 0 0; } .road li { padding: 3px 0; }
.road b { font-variant-numeric: tabular-nums; }
.notes { padding: 12px 16px; } .notes li { padding: 3px 0 3px 16px; position: relative; } .notes li::before { content: "–"; position: absolute; left: 0; color: var(--faint); }
.block { padding: 4px 18px 16px; margin: 0 0 14px; }
.block > h3 { font-size: 15px; color: var(--text); text-transform: none; letter-spacing: 0; margin: 14px 0 6px; }
.names { color: var(--faint); max-height: 7.5em; overflow: auto; overflow-wrap: anywhere; }
.steps > li { border-top: 1px solid var(--line); padding: 12px 0; }
.steps > li:first-child { border-top: 0; }
.steps h4 { margin: 0; font-size: 15px; } .steps .id { color: var(--faint); font-size: 12px; }
.steps pre { background: var(--inset); border: 1px solid var(--line); border-radius: 6px; padding: 10px 12px; margin: 6px 0; overflow-x: auto; }
.steps .where { font-size: 12px; color: var(--faint); margin: 8px 0 0; }
dl { display: grid; grid-template-columns: 6em 1fr; gap: 2px 12px; margin: 8px 0 0; } dt { color: var(--faint); } dd { margin: 0; overflow-wrap: anywhere; }
.return { border-left: 4px solid var(--critical); padding: 6px 12px; margin: 8px 0; background: var(--inset); }
.return b { color: var(--critical); }
.blockers td { padding: 7px 10px; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; } .blockers { width: 100%; border-collapse: collapse; }
.blocks { --tone: var(--critical); } .warns { --tone: var(--medium); } .unknown { --tone: var(--unknown); }
.blockers td:nth-child(2) { width: 15em; }
.blockers td:first-child { color: var(--tone); font-weight: 600; white-space: nowrap; }
@media (max-width: 700px) {
  .blockers, .blockers tbody, .blockers tr, .blockers td { display: block; width: auto; }
  .blockers td, .blockers td:nth-child(2) { border-top: 0; padding: 2px 12px; width: auto; }
  .blockers tr { border-top: 1px solid var(--line); padding: 8px 0; }
}
@media print { .names { max-height: none; } .steps pre { white-space: pre-wrap; } }`

const SHEET = `${STYLE}${OWN_STYLE}`

/** The plan as one HTML file without a script, which asks for nothing from outside. */
export function renderPlanHtml(plan: UpgradePlan, blockers: readonly Blocker[] = []): string {
  const title = `${plan.cluster.name}: ${plan.from} to ${plan.to}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${sourceHash(SHEET)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>Upgrade of ${htmlText(title)}</title>
<style>${SHEET}</style>
</head>
<body>
<header><div>
${LOGO}
<div class="words"><h1>Upgrade of ${htmlText(title)}</h1><p>${plan.nodes.length} ${plan.nodes.length === 1 ? 'node' : 'nodes'}, ${plan.steps.length} steps; data of ${htmlText(plan.dataDate)}; cluster <code>${htmlText(plan.cluster.fingerprint.slice(0, 12))}</code></p></div>
</div></header>
<main>
${plan.steps.length === 0 ? `<p class="road card">Everything is ${htmlText(plan.to)} already: nothing to do.</p>` : bodyHtml(plan, blockers)}
</main>
<footer>Made by Rampart ${htmlText(plan.rampart)}. This file holds the names of nodes and versions of the cluster: treat it accordingly.</footer>
</body>
</html>
`
}

function bodyHtml(plan: UpgradePlan, blockers: readonly Blocker[]): string {
  const road = roadLines(plan).map((line) => {
    const colon = line.indexOf(':')
    return `<li><b>${htmlText(line.slice(0, colon))}</b>${htmlText(line.slice(colon))}</li>`
  })
  return `${blockersHtml(blockers)}<h2>The road</h2><ol class="road card">${road.join('')}</ol>
<h2>Good to know</h2><ul class="notes card">${plan.notes.map((note) => `<li>${htmlProse(note)}</li>`).join('')}</ul>
${planSections(plan)
  .map(
    ({ title, blocks }) =>
      `<section><h2>${htmlText(title)}</h2>\n${blocks.map(blockHtml).join('\n')}</section>`,
  )
  .join('\n')}`
}

function blockersHtml(blockers: readonly Blocker[]): string {
  if (blockers.length === 0) return ''
  const rows = blockers.map(
    (each) =>
      `<tr class="${each.level}"><td>${each.level}${each.minor === undefined ? '' : ` (${htmlText(each.minor)})`}</td><td>${htmlText(subjectText(each))}</td><td>${htmlProse(each.message)}<br><span class="faint">${htmlProse(each.fix)}</span></td></tr>`,
  )
  return `<h2>In the way</h2><table class="blockers card"><tbody>${rows.join('\n')}</tbody></table>\n`
}

function blockHtml(block: PlanBlock): string {
  const names =
    block.nodes.length > 1
      ? `<p class="names"><code>NODE</code> is each of ${htmlText(block.nodes.join(', '))}</p>`
      : ''
  return `<div class="block card"><h3>${htmlText(blockTitle(block))}</h3>${names}<ol class="steps">${block.steps.map(stepHtml).join('\n')}</ol></div>`
}

function stepHtml(step: PlannedStep): string {
  const commands = commandLines(step).map(
    ({ on, lines }) =>
      `<p class="where">${on === 'node' ? `on ${htmlText(step.node)}, as root` : 'where your kubeconfig is'}</p><pre>${lines.map(htmlText).join('\n')}</pre>`,
  )
  const stop =
    step.pointOfNoReturn === undefined
      ? ''
      : `<p class="return"><b>Point of no return:</b> ${htmlProse(step.pointOfNoReturn)}</p>`
  return `<li><h4>${htmlText(step.title)}</h4><span class="id mono">${htmlText(step.id)}</span>${stop}${commands.join('')}<dl><dt>before</dt><dd>${htmlProse(step.precondition)}</dd><dt>check</dt><dd>${htmlProse(step.check)}</dd><dt>way back</dt><dd>${htmlProse(step.back)}</dd></dl></li>`
}
