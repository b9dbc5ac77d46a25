import type { Host } from '../model/index.js'

const COMPONENTS: ReadonlySet<string> = new Set([
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'etcd',
])

/** Whether a host runs a part of the control plane, or would when it starts: by its processes, units and manifests. */
export function runsControlPlane({ commands }: Host): boolean {
  return commands.some(({ component, args }) => {
    const words = args.map(({ value }) => value)
    if (component === 'k3s' || component === 'rke2') return words.includes('server')
    if (component === 'k0s') return words.includes('controller')
    if (component === 'kubelite') return !words.includes('--start-control-plane=false')
    return COMPONENTS.has(component)
  })
}
