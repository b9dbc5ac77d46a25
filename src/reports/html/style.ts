const LIGHT = `color-scheme: light;
  --page: #f4f5f7; --card: #ffffff; --inset: #f7f8fa; --line: #d9dde3; --text: #1a2029; --faint: #59636f;
  --accent: #1f5fae; --focus: #1f5fae; --mark: #fff3cd; --on-badge: #ffffff;
  --critical: #a8102a; --high: #c2410c; --medium: #8a6200; --low: #1f5fae; --info: #5a6573; --unknown: #6d4aa8;
  --added: #12693a; --removed: #a8102a; --added-bg: #e8f6ee; --removed-bg: #fdecee;`

const DARK = `color-scheme: dark;
  --page: #0f141a; --card: #171d25; --inset: #11171e; --line: #2d3641; --text: #e4e8ee; --faint: #9aa6b4;
  --accent: #7db4f5; --focus: #7db4f5; --mark: #4a3c0f; --on-badge: #10151b;
  --critical: #ff7b88; --high: #ff9d5c; --medium: #e8bd4a; --low: #7db4f5; --info: #a3afbc; --unknown: #c2a6f2;
  --added: #7fd6a2; --removed: #ff9aa4; --added-bg: #12281c; --removed-bg: #331a1e;`

/** The page's style sheet: light and dark, narrow and wide, screen and paper. Colours keep 4.5:1 against what they stand on. */
export const STYLE = `
:root { ${LIGHT}
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace;
}
:root[data-theme="dark"] { ${DARK} }
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { ${DARK} } }
@media print { :root:root:root { ${LIGHT} --page: #ffffff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1, h2, h3, p, ul, ol, figure { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1 { font-size: 22px; line-height: 1.25; letter-spacing: -0.01em; }
h2 { font-size: 17px; margin: 32px 0 12px; }
h3 { font-size: 12px; margin: 16px 0 4px; color: var(--faint); text-transform: uppercase; letter-spacing: 0.05em; }
a { color: var(--accent); overflow-wrap: anywhere; }
code, pre, .mono { font-family: var(--mono); font-size: 0.9em; }
code { -webkit-box-decoration-break: clone; box-decoration-break: clone; background: var(--inset); border: 1px solid var(--line); border-radius: 4px; padding: 0 4px; overflow-wrap: anywhere; }
main, header > div, footer { max-width: 1180px; margin: 0 auto; padding: 0 24px; }
.faint { color: var(--faint); }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 8px; top: 8px; z-index: 9; background: var(--card); padding: 8px 12px; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
button, select, input { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 6px 10px; min-height: 36px; }
button { cursor: pointer; }
button:hover, select:hover, input:hover { border-color: var(--faint); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }

header { background: var(--card); border-bottom: 1px solid var(--line); }
header > div { display: flex; align-items: center; gap: 14px; padding-top: 18px; padding-bottom: 18px; }
header .logo { width: 34px; height: 38px; flex: none; color: var(--accent); }
#theme { width: 40px; height: 40px; padding: 9px; display: grid; place-items: center; } #theme svg { width: 20px; height: 20px; }
header .words { flex: 1; min-width: 0; }
header .words p { color: var(--faint); }

.tiles { display: grid; grid-template-columns: repeat(6, 1fr); gap: 12px; margin-top: 24px; }
.tiles button { display: block; text-align: left; padding: 12px 14px; border-radius: 10px; border-top: 4px solid var(--tone); }
.tiles b { display: block; font-size: 26px; line-height: 1.15; font-variant-numeric: tabular-nums; }
.tiles span { color: var(--faint); }
.tiles button[data-zero] b { color: var(--faint); font-weight: 400; }
.tiles .critical { --tone: var(--critical); } .tiles .high { --tone: var(--high); } .tiles .medium { --tone: var(--medium); }
.tiles .low { --tone: var(--low); } .tiles .info { --tone: var(--info); } .tiles .unknown { --tone: var(--unknown); }
.tiles button[aria-pressed="true"] { border-color: var(--tone); box-shadow: inset 0 0 0 1px var(--tone); }

.charts { display: grid; grid-template-columns: 1fr 1fr 1.5fr; gap: 12px; margin-top: 12px; }
.charts .card { padding: 14px 16px 16px; min-width: 0; }
figcaption { font-weight: 600; margin-bottom: 10px; }
.ring { display: flex; align-items: center; gap: 18px; }
.ring svg { width: 124px; flex: none; }
.ring circle { fill: none; stroke-width: 5.2; }
.ring text { fill: var(--text); font-size: 8px; font-weight: 650; text-anchor: middle; dominant-baseline: middle; }
.ring .unit { font-size: 3.4px; font-weight: 400; fill: var(--faint); }
circle.critical { stroke: var(--critical); } circle.high { stroke: var(--high); } circle.medium { stroke: var(--medium); }
circle.low { stroke: var(--low); } circle.info { stroke: var(--info); }
rect.critical { fill: var(--critical); } rect.high { fill: var(--high); } rect.medium { fill: var(--medium); }
rect.low { fill: var(--low); } rect.info { fill: var(--info); }
.legend { flex: 1; max-width: 150px; }
.legend li { display: flex; align-items: center; gap: 8px; }
.legend b { margin-left: auto; font-variant-numeric: tabular-nums; }
.dot { width: 10px; height: 10px; border-radius: 3px; background: var(--tone); flex: none; }
.bars li { display: grid; grid-template-columns: minmax(0, 44%) 1fr 3ch; gap: 10px; align-items: center; padding: 2px 0; }
.bars .label { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bars svg { width: 100%; height: 10px; background: var(--inset); border-radius: 3px; }
.bars b { text-align: right; font-variant-numeric: tabular-nums; }
.critical { --tone: var(--critical); } .high { --tone: var(--high); } .medium { --tone: var(--medium); }
.low { --tone: var(--low); } .info { --tone: var(--info); } .unknown { --tone: var(--unknown); } .notApplicable, .accepted { --tone: var(--info); }
.notes { padding: .6rem 1.2rem; } .notes li { margin: .25rem 0; overflow-wrap: anywhere; }

.filters { display: grid; grid-template-columns: 2fr 1fr 1.4fr 1.2fr auto; gap: 10px; padding: 14px 16px; align-items: end; }
.filters label { display: block; color: var(--faint); font-size: 13px; min-width: 0; }
.filters input, .filters select { display: block; width: 100%; margin-top: 3px; color: var(--text); font-size: 15px; height: 38px; }
.pills { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 8px; align-items: center; border: 0; margin: 0; padding: 0; min-width: 0; }
.pills legend { float: left; padding: 0; margin-right: 4px; color: var(--faint); font-size: 13px; }
.pills button { border-radius: 99px; padding: 2px 12px; min-height: 30px; display: inline-flex; align-items: center; gap: 7px; }
.pills button[aria-pressed="true"] { background: var(--tone); border-color: var(--tone); color: var(--on-badge); }
.pills button[aria-pressed="true"] .dot { background: var(--on-badge); }
.state { display: flex; align-items: center; gap: 10px; margin: 14px 2px 8px; }
.state p { flex: 1; color: var(--faint); }

.finding { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 8px; margin-bottom: 8px; }
.finding > summary { list-style: none; cursor: pointer; display: grid; grid-template-columns: 96px minmax(0, 1fr) auto; gap: 4px 14px; padding: 10px 14px; align-items: start; }
.finding > summary::-webkit-details-marker { display: none; }
.finding > summary:hover { background: var(--inset); border-radius: 8px; }
.badge { display: inline-block; min-width: 92px; text-align: center; background: var(--tone); color: var(--on-badge); border-radius: 5px; font-size: 12px; font-weight: 650; letter-spacing: 0.03em; text-transform: uppercase; padding: 2px 6px; margin-top: 1px; }
.finding .head { min-width: 0; overflow-wrap: anywhere; }
.finding .head b { display: block; }
.finding .head span { color: var(--faint); display: block; } .finding .head .place { margin-top: 2px; font-size: 12.5px; }
.finding .where { color: var(--faint); font-size: 13px; text-align: right; max-width: 320px; overflow-wrap: anywhere; }
.finding .where .name { color: var(--text); }
.finding .where span { display: block; }
.finding .body { border-top: 1px solid var(--line); padding: 2px 18px 18px; }
.finding .body > *, .finding dd { overflow-wrap: anywhere; }
.finding dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 14px; margin: 14px 0 0; }
.finding dt { color: var(--faint); } .finding dd { margin: 0; }
.place { font-family: var(--mono); font-size: 13px; overflow-wrap: anywhere; }
pre { margin: 6px 0 8px; background: var(--inset); border: 1px solid var(--line); border-radius: 6px; overflow-x: auto; line-height: 1.55; padding: 6px 0; font-size: 13px; }
pre div { padding: 0 12px; min-width: max-content; white-space: pre; }
pre .focus { background: var(--mark); box-shadow: inset 3px 0 0 var(--tone); }
pre .number { color: var(--faint); user-select: none; padding-right: 14px; }
pre .added { color: var(--added); background: var(--added-bg); } pre .removed { color: var(--removed); background: var(--removed-bg); }
.fix { border: 1px solid var(--line); border-radius: 8px; padding: 2px 14px 12px; margin-top: 16px; }
.fix .risk { font-size: 13px; color: var(--faint); }
.commands { display: flex; gap: 8px; align-items: flex-start; } .commands pre { flex: 1; min-width: 0; }
.copy { min-height: 34px; margin-top: 6px; padding: 0 12px; font-size: 13px; }
.more { width: 100%; margin: 4px 0 8px; }
.nothing { padding: 28px; text-align: center; color: var(--faint); }

.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 7px 14px; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
tr:first-child th { border-top: 0; }
th { font-size: 13px; color: var(--faint); font-weight: 600; white-space: nowrap; }
td.number, th.number { width: 1%; white-space: nowrap; text-align: right; font-variant-numeric: tabular-nums; }
.table code { display: inline-block; max-width: 100%; }
.level { font-weight: 650; } .level.error { color: var(--critical); } .level.warning { color: var(--medium); }
.fold { margin-top: 32px; }
.fold > summary { cursor: pointer; padding: 10px 14px; font-weight: 600; }
footer { padding: 28px 24px 40px; color: var(--faint); font-size: 13px; overflow-wrap: anywhere; }

@media (max-width: 900px) {
  .charts { grid-template-columns: 1fr 1fr; } .charts .wide { grid-column: 1 / -1; }
  .filters { grid-template-columns: 1fr 1fr; } .filters .search { grid-column: 1 / -1; }
}
@media (max-width: 620px) {
  main, header > div, footer { padding-left: 14px; padding-right: 14px; }
  .tiles { grid-template-columns: repeat(3, 1fr); gap: 8px; }
  .charts { grid-template-columns: 1fr; }
  .filters { padding: 12px; gap: 8px; } .filters #reset { align-self: end; height: 38px; }
  .finding > summary { grid-template-columns: minmax(0, 1fr); }
  .finding .where { text-align: left; max-width: none; }
  .finding .where span { display: inline; margin-right: 10px; }
  .finding .body { padding: 2px 12px 14px; }
  .finding dl { grid-template-columns: 1fr; gap: 0; } .finding dd { margin-bottom: 8px; }
  .state { flex-wrap: wrap; }
  .coverage th:nth-child(n+3), .coverage td:nth-child(n+3) { padding-left: 4px; padding-right: 8px; }
}
@media print {
  body { font-size: 11px; }
  .place.place, pre, .finding .where, .badge, h3, footer, th { font-size: 10px; }
  .filters, .state button, .tools, .more, .copy, .skip { display: none !important; }
  .finding, .card { break-inside: avoid; }
  .finding .body { break-inside: auto; }
  pre div { white-space: pre-wrap; min-width: 0; overflow-wrap: anywhere; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@media (prefers-reduced-motion: no-preference) { .tiles button, .pills button { transition: border-color 0.12s, background 0.12s; } }
`
