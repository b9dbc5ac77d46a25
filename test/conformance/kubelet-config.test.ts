import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { answerKubeletCase } from '../../src/effective/kubelet/index.js'

interface Recorded {
  readonly name: string
  readonly args: string[]
  readonly files: Record<string, string>
  readonly effective?: Record<string, unknown>
  readonly error?: string
}

const lines = gunzipSync(readFileSync(new URL('data/kubelet-config.jsonl.gz', import.meta.url)))
  .toString('utf8')
  .split('\n')
  .filter((line) => line !== '')
const cases = lines.map((line) => JSON.parse(line) as Recorded)

// Recorded by the kubelet's own start-up code, Kubernetes 1.36.2; a field that is absent is at its zero value.
describe('kubelet configuration, as recorded from a kubelet', () => {
  it('has all recordings', () => {
    expect(cases.length).toBe(200)
  })

  it.each(cases.map((recorded) => [recorded.name, recorded] as const))(
    '%s',
    (_, { args, files, effective, error }) => {
      const answer = answerKubeletCase({ args, files })
      if (error !== undefined) {
        const { error: refusal } = answer as { error: string }
        for (const named of placesIn(error)) expect(refusal).toContain(named)
        return
      }
      expect(withoutZeros(answer['effective'] ?? answer)).toEqual(withoutZeros(effective))
    },
  )
})

/** The file, flag or field that a kubelet's own refusal names. */
function placesIn(error: string): string[] {
  const found =
    /path: (\S+?\.conf)\b|Kubelet config file (\S+?),|(--no-such-flag)|unknown command (\S+)|(serverTLSBootstrap|imagePullCredentialsVerificationPolicy)/.exec(
      error,
    )
  return found?.slice(1).filter((place: string | undefined) => place !== undefined) ?? []
}

function withoutZeros(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value).map(([key, member]) => [key, withoutZeros(member)] as const)
  return Object.fromEntries(entries.filter(([, member]) => !isZeroValue(member)))
}

function isZeroValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0
  return (
    value === undefined || value === null || value === '' || value === 0 || value === false || value === '0s'
  )
}
