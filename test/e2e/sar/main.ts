/**
 * npm run -s e2e:sar -- [--questions N] [--seed S]
 *
 * Asks a real API server with Node, RBAC, ABAC and a webhook, and our engine, the same questions; prints how they differ
 * where they do, and `sar: N of N equal`. Exit 0 when all are equal, 1 when not, 3 when there can be no cluster here.
 */
import { parseArgs } from 'node:util'
import { ClusterUnavailable } from '../../cluster/start-cluster.js'
import { compareReviews } from './compare-reviews.js'

/** Differences beyond these are counted alone. */
const SHOWN = 20

const { values } = parseArgs({
  options: { questions: { type: 'string', default: '5000' }, seed: { type: 'string', default: '1' } },
})
const [questions, seed] = [Number(values.questions), Number(values.seed)]
if (!Number.isInteger(questions) || questions < 1 || !Number.isInteger(seed)) {
  console.error('usage: npm run -s e2e:sar -- [--questions N] [--seed S]')
  process.exit(2)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))
try {
  const { equal, verdicts, differences } = await compareReviews(questions, seed, console.error)
  for (const difference of differences.slice(0, SHOWN)) console.log(difference)
  if (differences.length > SHOWN) console.log(`and ${differences.length - SHOWN} more differences`)
  console.error(
    Object.entries(verdicts)
      .map(([verdict, count]) => `${verdict} ${count}`)
      .join(', '),
  )
  console.log(`sar: ${equal} of ${questions} equal`)
  process.exitCode = differences.length === 0 ? 0 : 1
} catch (error) {
  if (!(error instanceof ClusterUnavailable)) throw error
  console.error(error.message)
  process.exitCode = 3
}
