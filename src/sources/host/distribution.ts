import type { Command, Distribution } from '../../model/index.js'
import { parseOsRelease } from './os-release.js'
import { DISTRIBUTIONS } from './places.js'

/** What is asked of a host to tell its distribution. */
export interface DistributionSigns {
  readonly exists: (path: string) => Promise<boolean>
  readonly osRelease: string | undefined
  readonly commands: readonly Command[]
}

/** Components that only one distribution has. */
const BY_COMPONENT: Readonly<Record<string, Distribution>> = {
  rke2: 'rke2',
  k3s: 'k3s',
  kubelite: 'microk8s',
  k0s: 'k0s',
}

/** Who installed the node's software: by its own processes, then its operating system, then the paths it makes. */
export async function distributionOf(signs: DistributionSigns): Promise<Distribution> {
  for (const { component } of signs.commands) {
    const own = Object.hasOwn(BY_COMPONENT, component) ? BY_COMPONENT[component] : undefined
    if (own !== undefined) return own
  }
  const release = parseOsRelease(signs.osRelease ?? '')
  const os = [release.get('ID'), release.get('VARIANT_ID')]
  const byOs = DISTRIBUTIONS.find((candidate) => candidate.os?.some((id) => os.includes(id)))
  if (byOs !== undefined) return byOs.distribution
  if (await isAks(signs)) return 'aks'
  for (const candidate of DISTRIBUTIONS) {
    for (const mark of candidate.marks) {
      const there = await Promise.all(mark.map(signs.exists))
      if (there.every(Boolean)) return candidate.distribution
    }
  }
  return 'unknown'
}

/** AKS hands the kubelet its flags in a variable of its own name. Source: AgentBaker kubelet.service, KUBELET_FLAGS. */
async function isAks({ commands, exists }: DistributionSigns): Promise<boolean> {
  const labelled = commands.some(
    ({ component, args }) =>
      component === 'kubelet' && args.some(({ value }) => value.includes('kubernetes.azure.com/')),
  )
  return labelled || exists('/etc/kubernetes/azure.json')
}
