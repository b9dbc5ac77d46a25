/**
 * npm run -s e2e:kubeadm
 *
 * A real control plane on one machine made of namespaces: `kubeadm init` of 1.35 with what `rampart kubeadm config
 * --hardened` writes, judged by `rampart audit`, then `rampart upgrade apply` to 1.36, killed twice and taken up again, and
 * judged once more. Prints what it does, and at the end `v1.35.x -> v1.36.x, 1 node, API server ready`. Exit 0 when all is as it
 * should be, 1 when not, 3 when this machine cannot do it, and why.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ClusterUnavailable, provideComponents } from '../../cluster/components.js'
import { nodeRequirements } from '../../cluster/node-requirements.js'
import { FOLDER_PREFIX, markFolder, sweepLeftovers } from '../../cluster/sweep-leftovers.js'
import { kubectlPath } from '../peers/kubectl.js'
import { installHardened, judge } from './install-hardened.js'
import { Machine } from './machine.js'
import { upgradeByRampart } from './upgrade-by-rampart.js'
import { validateConfigurations } from './validate-configurations.js'

const say = (line: string): void => void process.stderr.write(`${line}\n`)

async function main(): Promise<number> {
  // Without a listener a signal would leave the folders behind that the machine needs here.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130))
  const requirements = nodeRequirements()
  if (!requirements.met) throw new ClusterUnavailable(requirements.reason)
  const kubectl = kubectlPath()
  if (kubectl === undefined) throw new ClusterUnavailable('no kubectl can be had here')
  const older = await provideComponents(say, '1.35')
  const newer = await provideComponents(say, '1.36')
  sweepLeftovers()
  const folder = mkdtempSync(path.join(tmpdir(), FOLDER_PREFIX))
  markFolder(folder)
  let machine: Machine | undefined
  try {
    say(validateConfigurations(folder, [older, newer]))
    machine = await Machine.start(folder, requirements.plugins, kubectl, [older, newer])
    say('machine: containerd is up, with the images of both versions')
    await installHardened(machine, kubectl, older.version('kubelet'), say)
    await upgradeByRampart(machine, kubectl, newer.version('kubelet'), say)
    say(judge(machine))
    process.stdout.write(
      `${older.version('kubelet')} -> ${newer.version('kubelet')}, 1 node, API server ready\n`,
    )
    return 0
  } finally {
    await machine?.stop()
    if (process.env['KEEP'] !== '1') rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    say(error instanceof Error ? error.message : String(error))
    process.exitCode = error instanceof ClusterUnavailable ? 3 : 1
  },
)
