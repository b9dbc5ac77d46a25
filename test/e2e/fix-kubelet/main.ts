/**
 * npm run -s e2e:fix-kubelet
 *
 * A real kubelet that lets everybody in, and a real API server in a static pod that serves requests without a credential:
 * shows that they are open, has `rampart fix --apply` of the built command line change them, and shows that they are
 * closed and at work. A change after which the kubelet does not come up is put back. Prints a line for each, the last one
 * `10250 200 -> 401, 10255 200 -> closed, node Ready`. Exit 1 when anything is not so, 3 when no node can run here.
 */
import { readFileSync } from 'node:fs'
import { ClusterUnavailable } from '../../cluster/start-cluster.js'
import { fixApiServer } from './fix-apiserver.js'
import { fixKubelet, openNode, rollBackKubelet } from './fix-kubelet.js'

const say = (line: string): void => void process.stderr.write(`${line}\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))

try {
  const open = await openNode(say)
  try {
    say(await rollBackKubelet(open))
    say(await fixApiServer(open))
    console.log(await fixKubelet(open))
  } catch (error) {
    say(readFileSync(open.node.process.log, 'utf8').trimEnd().split('\n').slice(-15).join('\n'))
    throw error
  } finally {
    await open.cluster.stop()
  }
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = error instanceof ClusterUnavailable ? 3 : 1
}
