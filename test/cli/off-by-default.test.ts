import { describe, expect, it } from 'vitest'
import { rampart } from './run-cli.js'

const POD =
  'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec: {containers: [{name: app, image: "app:1"}]}\n'

describe('checks that are off by default', () => {
  it('are marked in the list, and in what is said of one', () => {
    const { out } = rampart(['checks', 'list'])
    expect(out).toMatch(/^pod-no-cpu-limit .*\(off by default\)$/m)
    expect(out).toMatch(/^pod-image-registry .*\(off by default, needs trustedRegistries\)$/m)
    expect(rampart(['checks', 'show', 'pod-no-cpu-limit']).out).toContain('This check is off by default')
  })

  it('are asked when they are named, and not otherwise', () => {
    const found = (args: string[]): string[] => {
      const { out } = rampart(['audit', '-', '-o', 'json', ...args], { input: POD })
      return (JSON.parse(out) as { findings: { check: string }[] }).findings.map(({ check }) => check)
    }
    expect(found([])).not.toContain('pod-no-cpu-limit')
    expect(found(['--check', 'pod-no-cpu-limit'])).toEqual(['pod-no-cpu-limit'])
  })
})
