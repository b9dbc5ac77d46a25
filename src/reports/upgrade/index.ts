/**
 * Upgrades as people read them: where a cluster stands, what is in the way, and plans as text, runbook and page.
 * Takes what src/upgrade gives, gives strings: pure.
 */
export { blockersLine, renderBlockersText } from './render-blockers-text.js'
export { renderPlanHtml } from './render-plan-html.js'
export { streamPlanJson } from './render-plan-json.js'
export { renderPlanMarkdown } from './render-plan-markdown.js'
export { renderPlanText } from './render-plan-text.js'
export { renderStatusText } from './render-status-text.js'
