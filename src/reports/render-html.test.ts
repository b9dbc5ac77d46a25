import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import {
  auditResultOf,
  cleanAuditResult,
  refOf,
  sampleAuditResult,
  sampleFinding,
} from '../../test/kit/sample-audit-result.js'
import { renderHtml } from './render-html.js'

const page = renderHtml(sampleAuditResult)

it('asks for nothing from outside', () => {
  expect(page).not.toMatch(/<(?:link|img|iframe|object|embed|base|form|video|audio)\b/i)
  expect(page).not.toMatch(/\b(?:src|srcset|href|action|poster)=(?!["']?#)/i)
  expect(page).not.toMatch(
    /@import|url\(|fetch\(|XMLHttpRequest|WebSocket|innerHTML|insertAdjacentHTML|document\.write|eval\(/,
  )
})

it('allows just its own style and script, by their hashes', () => {
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? ''
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
  const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? ''
  expect(policy).toBe(
    `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`,
  )
  expect(page).not.toMatch(/ (?:style|on[a-z]+)="/)
})

it('labels its parts for those who do not see them', () => {
  expect(page).toContain('<html lang="en">')
  for (const svg of page.match(/<svg[^>]*>/g) ?? [])
    expect(svg).toMatch(/aria-hidden="true"|role="img" aria-label="[^"]+"/)
  for (const button of page.match(/<button[^>]*>[^<]*/g) ?? [])
    expect(button).toMatch(/>\S|aria-label="|<b>|data-severity|id="more"|data-show/)
})

it('shows severities, areas and targets in its charts', () => {
  expect(page).toContain('aria-label="2 critical, 2 high, 6 medium, 1 low, 1 info"')
  for (const area of ['Kubelet', 'Docker', 'Access', 'Workloads', 'Cluster', 'Hosts'])
    expect(page).toContain(`title="${area}"`)
  expect(page).toContain('title="observability/log-agent (DaemonSet)"')
})

it('says what an empty list means', () => {
  expect(renderHtml(cleanAuditResult)).toContain('Nothing found: 3 answers passed on evidence.')
  expect(renderHtml(auditResultOf({}))).toContain('Nothing was found because nothing could be judged.')
})

it('holds repeated texts once', () => {
  const findings = Array.from({ length: 50 }, (_, index) =>
    sampleFinding({ target: { kind: 'object', object: refOf('Pod', `pod-${index}`) } }),
  )
  const text = renderHtml(auditResultOf({ findings }))
  expect(text.split('The kubelet can start processes').length - 1).toBe(1)
})

it('gives the same bytes for the same result', () => {
  expect(renderHtml(structuredClone(sampleAuditResult))).toBe(page)
})
