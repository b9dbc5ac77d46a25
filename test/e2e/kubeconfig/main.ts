/**
 * npm run -s e2e:kubeconfig
 *
 * Asks real kubectl and the built `rampart` the same about kubeconfig files, prints how they differ where they do, and
 * `kubeconfig: N of N equal to kubectl vX`. Exit 0 when all are equal, 1 when not, 3 when there is no kubectl.
 */
import path from 'node:path'
import { kubectlPath, kubectlVersion } from '../peers/kubectl.js'
import { viewDifference } from './compare-view.js'
import { VIEW_CASES } from './view-cases.js'

const kubectl = kubectlPath()
if (kubectl === undefined) process.exitCode = 3
else {
  const rampart = [process.execPath, path.resolve('dist/cli.js')]
  const differences = VIEW_CASES.flatMap((each) => {
    const difference = viewDifference(each, [kubectl], rampart)
    return difference === undefined ? [] : [`${each.name}\n${difference}`]
  })
  for (const difference of differences) process.stdout.write(`${difference}\n`)
  const all = VIEW_CASES.length
  process.stdout.write(
    `kubeconfig: ${all - differences.length} of ${all} equal to kubectl ${kubectlVersion(kubectl)}\n`,
  )
  process.exitCode = differences.length === 0 ? 0 : 1
}
