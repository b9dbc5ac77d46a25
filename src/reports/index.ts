/**
 * Reports: an audit's result as terminal text, JSON, SARIF, Markdown and HTML.
 * Takes an `AuditResult`, gives a string: pure, the same bytes for the same result. Reads nothing, knows no source.
 */
export { renderTerminal, type TerminalOptions } from './render-terminal.js'
