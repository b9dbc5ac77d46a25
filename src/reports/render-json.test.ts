import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import {
  auditResultOf,
  cleanAuditResult,
  policedAuditResult,
  sampleAuditResult,
} from '../../test/kit/sample-audit-result.js'
import { schemaValidator } from '../../test/kit/schema-validator.js'
import { renderJson } from './render-json.js'

const SCHEMA = 'schemas/audit-result.schema.json'
const errorsOf = schemaValidator(SCHEMA)

it.each([
  ['a realistic result', sampleAuditResult],
  ['exceptions and a baseline', policedAuditResult],
  ['no findings', cleanAuditResult],
  ['nothing read', auditResultOf({})],
])('prints what its schema says: %s', (_, result) => {
  expect(errorsOf(JSON.parse(renderJson(result)))).toEqual([])
})

it('loses nothing of the result', () => {
  const printed = JSON.parse(renderJson(sampleAuditResult)) as Record<string, unknown>
  const { format, ...rest } = printed
  expect(format).toBe('rampart.audit/v1')
  // The printed form adds the path of an edit as text; all else is the result itself.
  const without = JSON.parse(JSON.stringify(rest), (key, value: unknown) =>
    key === 'pathText' ? undefined : value,
  ) as unknown
  expect(without).toEqual(JSON.parse(JSON.stringify(sampleAuditResult)))
})

it('refuses fields that are not in the schema, and missing ones', () => {
  const printed = JSON.parse(renderJson(sampleAuditResult)) as { findings: Record<string, unknown>[] }
  printed.findings[0]!['extra'] = 1
  delete printed.findings[1]!['fingerprint']
  expect(errorsOf(printed)).toHaveLength(2)
})

it('describes every field', () => {
  const undescribed: string[] = []
  JSON.parse(readFileSync(SCHEMA, 'utf8'), function (this: unknown, key, value: unknown) {
    const described =
      typeof value === 'object' &&
      value !== null &&
      ('description' in value || '$ref' in value || 'const' in value)
    if (key === 'properties') return value
    if (typeof value === 'object' && value !== null && 'type' in value && !described && key !== 'items')
      undescribed.push(key)
    return value
  })
  expect(undescribed).toEqual([])
})

it('does not depend on the order of keys', () => {
  const reversed = JSON.parse(JSON.stringify(sampleAuditResult), (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).reverse())
      : value,
  ) as typeof sampleAuditResult
  expect(renderJson(reversed)).toBe(renderJson(sampleAuditResult))
})
