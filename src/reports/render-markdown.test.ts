import { expect, it } from 'vitest'
import {
  auditResultOf,
  cleanAuditResult,
  refOf,
  sampleAuditResult,
  sampleFinding,
} from '../../test/kit/sample-audit-result.js'
import { renderMarkdown } from './render-markdown.js'

it('is short when nothing was found', () => {
  expect(renderMarkdown(cleanAuditResult)).toBe(`# Rampart audit

**0 findings: 0 critical, 0 high, 0 medium, 0 low; 0 unknown**

| Critical | High | Medium | Low | Info | Unknown | Not applicable | Accepted |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |

Read:

- manifests hardened.yaml: 3 objects, 1 file

Rampart 0.1.0
`)
})

it('shows a finding with its lines and its change', () => {
  const text = renderMarkdown(auditResultOf({ findings: [sampleFinding()] }))
  expect(text).toContain(
    '<summary><strong>CRITICAL</strong> <code>kubelet on worker-2</code>: The kubelet lets callers in who show no credential</summary>\n\n',
  )
  expect(text).toContain('```text\n  3 | authentication:\n  4 |   anonymous:\n> 5 |     enabled: true\n')
  expect(text).toContain(
    '```diff\n/var/lib/kubelet/config.yaml on worker-2\n+ authentication.anonymous.enabled: false\n```',
  )
})

it('stays below the size of a comment, whatever was found', () => {
  const findings = Array.from({ length: 3000 }, (_, index) =>
    sampleFinding({
      check: `check-${index}`,
      target: { kind: 'object', object: refOf('Pod', `pod-${index}`) },
    }),
  )
  const text = renderMarkdown(auditResultOf({ findings }))
  expect(text.length).toBeLessThan(65_536)
  expect(text).toContain('## Worst 20 of 3000 findings')
  expect(text).toContain('And 2900 checks more.')
})

it('lists open questions, what does not apply, and problems', () => {
  const text = renderMarkdown(sampleAuditResult)
  expect(text).toContain('**1 question: a file could not be read.** To know: run again')
  expect(text).toContain('- 2 x The control plane of `prod-eu-1` is run by its provider (EKS).')
  expect(text).toContain(
    '- error: `apps/search/values.yaml:12:9`: a mapping ends inside `{{ .Values.image }}`',
  )
})
