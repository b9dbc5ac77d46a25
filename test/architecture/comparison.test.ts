import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { checks } from '../../src/checks/index.js'

it('docs/comparison.md names checks that there are', () => {
  const ids = checks.map(({ id }) => id)
  const areas = new Set(ids.map((id) => id.split('-')[0]))
  const page = readFileSync('docs/comparison.md', 'utf8')
  const named = [...page.matchAll(/`([a-z][a-z0-9]*(?:-[a-z0-9]+)+-?\*?)`/g)].map(([, name = '']) => name)
  const unknown = named
    .filter((name) => areas.has(name.split('-')[0]))
    .filter(
      (name) =>
        !(name.endsWith('*') ? ids.some((id) => id.startsWith(name.slice(0, -1))) : ids.includes(name)),
    )
  expect([...new Set(unknown)]).toEqual([])
  expect(named.length).toBeGreaterThan(100)
})
