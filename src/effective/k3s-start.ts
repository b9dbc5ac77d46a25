import { k3sArguments, k3sFlags, K3S_COMPONENTS, type K3sComponent } from '../kube/index.js'
import type { Host } from '../model/index.js'
import { originOfArgument } from './argument-places.js'
import type { ComponentStart } from './component-start.js'

/**
 * A component that k3s runs inside its own process, which hides its arguments: as k3s makes them from its files and its
 * unit. Undefined where those do not tell, and where another program runs it.
 */
export function startOfK3s(host: Host, component: string): ComponentStart | undefined {
  const given = isOfK3s(component) ? k3sArguments(host) : undefined
  if (given?.role !== 'server' || given.gap !== undefined) return undefined
  const made = k3sFlags(component as K3sComponent, given.args)
  if (made === undefined) return undefined
  const { args, undecided } = made
  const described = `k3s, as ${given.command.described} and ${given.file} start it`
  const command = { ...given.command, component, source: 'k3s' as const, args, described }
  return {
    component,
    host: host.name,
    machine: host,
    command,
    args,
    described,
    undecided: (flag) =>
      undecided.has(flag)
        ? `k3s gives ${component} \`--${flag}\` itself, and its arguments do not tell which value`
        : undefined,
    place: { file: given.file, host: host.name },
    originOf: (argIndex) => originOfArgument({ host: host.name, component }, args, argIndex),
    gaps: [],
  }
}

function isOfK3s(component: string): boolean {
  return Object.hasOwn(K3S_COMPONENTS, component)
}
