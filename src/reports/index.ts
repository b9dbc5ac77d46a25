/**
 * Reports: an audit's result as terminal text, JSON, SARIF, Markdown, HTML, JUnit, Code Quality and OpenReports.
 * Takes an `AuditResult`, gives a string: pure, the same bytes for the same result. Reads nothing, knows no source.
 */
export { renderTerminal, type TerminalOptions } from './render-terminal.js'
export { renderJson, streamJson, JSON_FORMAT } from './render-json.js'
export { renderSarif, streamSarif } from './render-sarif.js'
export { renderJunit, streamJunit, type JunitOptions } from './render-junit.js'
export { renderCodeQuality, streamCodeQuality } from './render-code-quality.js'
export { renderOpenReports, streamOpenReports } from './render-openreports.js'
export * from './benchmark/index.js'
export { renderMarkdown } from './render-markdown.js'
export { renderHtml } from './render-html.js'
export { visible } from '../text/index.js'
