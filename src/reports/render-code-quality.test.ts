import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hostileText, withEveryText } from '../../test/kit/hostile-result.js'
import { auditResultOf, sampleAuditResult, sampleFinding } from '../../test/kit/sample-audit-result.js'
import type { AuditResult } from '../model/index.js'
import { renderCodeQuality } from './render-code-quality.js'

interface Issue {
  readonly check_name: string
  readonly fingerprint: string
  readonly severity: string
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } }
}

// What GitLab requires of each issue, from its documentation of the format.
const valid = new Ajv2020({ strict: true }).compile({
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string' },
      check_name: { type: 'string' },
      fingerprint: { type: 'string' },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', minLength: 1, not: { pattern: '^\\./' } },
          lines: {
            type: 'object',
            required: ['begin'],
            properties: { begin: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
})

const issuesOf = (result: AuditResult): Issue[] => {
  const issues = JSON.parse(renderCodeQuality(result)) as Issue[]
  expect(valid(issues), JSON.stringify(valid.errors)).toBe(true)
  return issues
}

it('has one issue a finding, each with a fingerprint of its own', () => {
  const issues = issuesOf(sampleAuditResult)
  expect(issues.map((issue) => issue.check_name)).toEqual(
    sampleAuditResult.findings.map(({ check }) => check),
  )
  expect(new Set(issues.map((issue) => issue.fingerprint)).size).toBe(issues.length)
})

it.each([
  ['critical', 'blocker'],
  ['high', 'critical'],
  ['medium', 'major'],
  ['low', 'minor'],
  ['info', 'info'],
] as const)('calls %s %s', (severity, word) => {
  expect(issuesOf(auditResultOf({ findings: [sampleFinding({ severity })] }))[0]?.severity).toBe(word)
})

it.each([
  [
    'a file of the repository',
    [{ key: 'a', message: 'm', file: './deploy/web.yaml', line: 7 }],
    'deploy/web.yaml',
    7,
  ],
  [
    'a file of a host',
    [{ key: 'a', message: 'm', file: '/etc/docker/daemon.json', host: 'h1', line: 3 }],
    'h1/etc/docker/daemon.json',
    3,
  ],
  ['evidence without a line', [{ key: 'a', message: 'm', file: 'a.yaml' }], 'a.yaml', 1],
  ['no file at all', [], 'deploy', 1],
])('places %s', (_, evidence, path, begin) => {
  const result = auditResultOf({
    findings: [sampleFinding({ evidence })],
    sources: [{ kind: 'manifests', name: 'deploy', objects: 1, files: 1, complete: false }],
  })
  expect(issuesOf(result)[0]?.location).toEqual({ path, lines: { begin } })
})

it('is valid with any text in every field', () => {
  fc.assert(
    fc.property(hostileText(), (text) => void issuesOf(withEveryText(sampleAuditResult, () => text))),
    {
      numRuns: 30,
    },
  )
})
