import { expect, it } from 'vitest'
import { checkSecrets } from './check-secrets.js'

it('finds none of the planted secrets in the snapshot or in any report', async () => {
  const { planted, found, findings } = await checkSecrets()
  expect(found).toEqual([])
  expect(planted).toBeGreaterThanOrEqual(40)
  // Without findings there would be no evidence in which a secret could show.
  expect(findings).toBeGreaterThan(10)
})
