/**
 * Reports: an audit's result as terminal text, JSON, SARIF, Markdown and HTML.
 * Takes an `AuditResult`, gives a string: pure, the same bytes for the same result. Reads nothing, knows no source.
 */
export { renderTerminal, type TerminalOptions } from './render-terminal.js'
export { renderJson, streamJson, JSON_FORMAT } from './render-json.js'
export { renderSarif, streamSarif } from './render-sarif.js'
export { renderMarkdown } from './render-markdown.js'
export { renderHtml } from './render-html.js'
export { visible } from '../text/index.js'
