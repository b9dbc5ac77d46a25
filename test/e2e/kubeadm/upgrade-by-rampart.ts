import type { Machine } from './machine.js'

export async function upgradeByRampart(
  machine: Machine,
  kubectl: string,
  from: string,
  to: string,
  say: (line: string) => void,
): Promise<void> {
  say('TODO')
  await Promise.resolve([machine, kubectl, from, to])
}
