import { isQuantity, scalarText } from '../../text/index.js'
import type { ConfigView } from './config-view.js'
import type { ValidationRule } from './validate.js'

const SYSTEM = ['system-reserved', 'system-reserved-compressible']
const KUBE = ['kube-reserved', 'kube-reserved-compressible']

/** Rules about what is reserved for the system and how it is enforced. */
export const CGROUP_RULES: readonly ValidationRule[] = [
  {
    field: 'systemCgroups',
    check: (view) =>
      view.text('systemCgroups') !== '' && view.text('cgroupRoot') === ''
        ? '`systemCgroups` needs `cgroupRoot`'
        : undefined,
  },
  { field: 'enforceNodeAllocatable', check: enforcement },
  { field: 'reservedSystemCPUs', check: reservedCpus },
  { field: 'reservedMemory', check: reservedMemory },
]

function enforcement(view: ConfigView): string | undefined {
  const levels = view.list('enforceNodeAllocatable').map(scalarText)
  const fault = (what: string): string => `\`enforceNodeAllocatable\` ${what}`
  if (new Set(levels).size < levels.length) return fault('names a level twice')
  if ([SYSTEM, KUBE].some((pair) => pair.every((level) => levels.includes(level)))) {
    return fault('names a level both with and without -compressible')
  }
  for (const level of levels) {
    if (level === 'none') {
      if (levels.length > 1) return fault('names other levels beside none')
      continue
    }
    if (![...SYSTEM, ...KUBE, 'pods'].includes(level)) return fault(`names an unknown level`)
    if (SYSTEM.includes(level) && view.text('systemReservedCgroup') === '')
      return fault('needs `systemReservedCgroup`')
    if (KUBE.includes(level) && view.text('kubeReservedCgroup') === '')
      return fault('needs `kubeReservedCgroup`')
    if (!view.on('cgroupsPerQOS')) return fault('needs `cgroupsPerQOS`')
  }
  return undefined
}

function reservedCpus(view: ConfigView): string | undefined {
  const cpus = view.text('reservedSystemCPUs')
  if (cpus === '') return undefined
  if (view.text('systemReservedCgroup') !== '' || view.text('kubeReservedCgroup') !== '') {
    return '`reservedSystemCPUs` stands beside `systemReservedCgroup` or `kubeReservedCgroup`'
  }
  return cpus.split(',').every(isCpuRange) ? undefined : '`reservedSystemCPUs` is no list of CPUs'
}

// Source: k8s.io/utils cpuset, Parse.
function isCpuRange(range: string): boolean {
  const parts = /^(\+?\d{1,9})(?:-([+-]?\d{1,9}))?$/.exec(range)
  return parts !== null && (parts[2] === undefined || Number(parts[1]) <= Number(parts[2]))
}

// Source: kubernetes v1.36.2 pkg/kubelet/apis/config/validation/validation_reserved_memory.go.
function reservedMemory(view: ConfigView): string | undefined {
  const seen = new Set<string>()
  for (const { numaNode, limits } of view.maps('reservedMemory')) {
    for (const [name, quantity] of Object.entries(limits ?? {})) {
      const identity = `${scalarText(numaNode)} ${name}`
      if (name !== 'memory' && !name.startsWith('hugepages-')) return '`reservedMemory` names an unknown type'
      if (!isQuantity(scalarText(quantity)) || /^[+-]?[0.]+(?:[A-Za-z].*)?$/.test(scalarText(quantity))) {
        return '`reservedMemory` reserves nothing'
      }
      if (seen.has(identity)) return '`reservedMemory` names a type of a NUMA node twice'
      seen.add(identity)
    }
  }
  return undefined
}
