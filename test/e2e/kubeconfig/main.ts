/**
 * npm run -s e2e:kubeconfig
 *
 * Asks real kubectl and the built `rampart` the same about kubeconfig files, prints how they differ where they do, and
 * `kubeconfig: N of N equal to kubectl vX`. Exit 0 when all are equal, 1 when not, 3 when there is no kubectl.
 */
import path from 'node:path'
import { kubectlPath, kubectlVersion } from '../peers/kubectl.js'
import { viewDifference } from './compare-view.js'
import { writeDifference } from './compare-write.js'
import { VIEW_CASES } from './view-cases.js'
import { WRITE_CASES } from './write-cases.js'

const kubectl = kubectlPath()
if (kubectl === undefined) process.exitCode = 3
else {
  const rampart = [process.execPath, path.resolve('dist/cli.js')]
  const found = [
    ...VIEW_CASES.map((each) => ({ name: each.name, how: viewDifference(each, [kubectl], rampart) })),
    ...WRITE_CASES.map((each) => ({ name: each.name, how: writeDifference(each, [kubectl], rampart) })),
  ]
  const differences = found.flatMap(({ name, how }) => (how === undefined ? [] : [`${name}\n${how}`]))
  for (const difference of differences) process.stdout.write(`${difference}\n`)
  const all = found.length
  process.stdout.write(
    `kubeconfig: ${all - differences.length} of ${all} equal to kubectl ${kubectlVersion(kubectl)}\n`,
  )
  process.exitCode = differences.length === 0 ? 0 : 1
}
