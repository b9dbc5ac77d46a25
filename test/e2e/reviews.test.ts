import { describe, expect, it } from 'vitest'
import { compareReviews } from './sar/compare-reviews.js'
import { cluster, unavailable } from './shared-cluster.js'

if (cluster === undefined) console.warn(`reviews.test.ts is skipped: ${unavailable}`)

describe.skipIf(cluster === undefined)('our engine and the API server', () => {
  it.each([11, 12])('answer two thousand reviews alike, seed %d', { timeout: 300_000 }, async (seed) => {
    const log: string[] = []
    const { equal, verdicts, differences } = await compareReviews(2000, seed, (line) => log.push(line))
    expect(differences, log.join('\n')).toEqual([])
    expect(equal).toBe(2000)
    // Of each verdict there are enough for the comparison to mean something.
    for (const verdict of ['allow', 'deny', 'noOpinion']) expect(verdicts[verdict]).toBeGreaterThan(50)
  })
})
