import { expect, it } from 'vitest'
import { checkFixes } from './check-fixes.js'

it('applies every fix of the example estate and leaves nothing of what it fixed', async () => {
  const result = await checkFixes('examples/estate')
  expect(result.refused).toEqual([])
  expect(result.left).toEqual([])
  expect(result.fresh).toEqual([])
  expect(result.applied).toBeGreaterThan(10)
})
