import type { Command } from 'commander'
import type { Binding, RbacAuthorizer } from '../../access/index.js'
import { RampartError } from '../../model/index.js'
import { visibleJson } from '../../text/index.js'
import { addAccessInputs, readAccess, type AccessInputOptions } from '../access/access-inputs.js'
import { chainJson } from '../access/chain-text.js'
import { named } from '../access/grant-text.js'
import { describeHolder } from '../access/holder-text.js'
import type { CommandContext } from '../command-context.js'
import { oneOf } from '../inputs.js'

interface GraphOptions extends AccessInputOptions {
  readonly all?: boolean
  readonly subject?: string
  readonly output: 'mermaid' | 'json'
}

interface GraphNode {
  readonly id: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly label: string
  readonly missing?: true
  /** A binding that Kubernetes or kubeadm makes, unchanged. */
  readonly default?: true
}

interface Graph {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly { readonly from: string; readonly to: string }[]
}

/** `rampart rbac graph`: subjects, bindings and roles, and how they hang together. */
export function registerRbacGraph(rbac: Command, context: CommandContext): void {
  const command = rbac
    .command('graph')
    .argument('[path...]', 'manifests, folders, exports or snapshots')
    .description('subjects, bindings and roles as a graph: mermaid or JSON')
    .option('--all', 'the default bindings of Kubernetes too')
    .option('--subject <name>', 'only what hangs on subjects of that name')
    .option('-o, --output <format>', 'mermaid or json', oneOf(['mermaid', 'json'] as const), 'mermaid')
    .addHelpText('after', HELP)
  addAccessInputs(command)
  command.action(async (paths: string[], options: GraphOptions) => {
    const { access, chain } = await readAccess(options, context, paths)
    if (access.rbac === undefined)
      throw new RampartError('usage', 'the chain has no RBAC: there is nothing to draw')
    const { holderOf } = await import('../../access/index.js')
    const { isDefaultObject } = await import('../access/grant-text.js')
    const wanted = (binding: Binding): boolean =>
      (options.all === true || !isDefaultObject(binding.object)) &&
      (options.subject === undefined || binding.subjects.some(({ name }) => name === options.subject))
    const graph = draw(access.rbac, wanted, holderOf, isDefaultObject)
    context.terminal.out(
      options.output === 'json' ? visibleJson({ ...graph, chain: chainJson(chain) }) : mermaid(graph),
    )
  })
}

type HolderOf = (binding: Binding, subject: number) => Parameters<typeof describeHolder>[0] | undefined

function draw(
  rbac: RbacAuthorizer,
  wanted: (binding: Binding) => boolean,
  holderOf: HolderOf,
  isDefault: (object: Binding['object']) => boolean,
): Graph {
  const nodes = new Map<string, GraphNode>()
  const edges = new Map<string, { from: string; to: string }>()
  const node = (id: string, make: () => Omit<GraphNode, 'id'>): string => {
    if (!nodes.has(id)) nodes.set(id, { id, ...make() })
    return id
  }
  const edge = (from: string, to: string): void => void edges.set(`${from}\0${to}`, { from, to })
  const { clusterRoleBindings, roleBindings } = rbac.policy
  for (const binding of [...clusterRoleBindings, ...roleBindings].filter(wanted)) {
    const { object, namespace, roleKind, roleName } = binding
    const { kind, name } = object.ref
    const own = node(`${kind}/${namespace}/${name}`, () => ({
      kind,
      namespace,
      name,
      label: named(object),
      ...(isDefault(object) ? { default: true as const } : {}),
    }))
    binding.subjects.forEach((_each, position) => {
      const holder = holderOf(binding, position)
      if (holder === undefined) return
      const { kind, namespace, name } = holder
      const label = describeHolder(holder)
      edge(
        node(`${kind}/${namespace}/${name}`, () => ({ kind, namespace, name, label })),
        own,
      )
    })
    const roleNamespace = roleKind === 'Role' ? namespace : ''
    const role = node(`${roleKind}/${roleNamespace}/${roleName}`, () => ({
      kind: roleKind,
      namespace: roleNamespace,
      name: roleName,
      label: `${roleKind} ${roleNamespace === '' ? '' : `${roleNamespace}/`}${roleName}`,
      ...(binding.role === undefined ? { missing: true as const } : {}),
    }))
    edge(own, role)
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] }
}

/** Names come from files of anybody: signs that mermaid understands are written as entities. */
function mermaid({ nodes, edges }: Graph): string {
  const ids = new Map(nodes.map(({ id }, index) => [id, `n${index}`]))
  const text = (label: string): string =>
    label.replace(/[^\w ./:@-]/gu, (sign) => `#${sign.codePointAt(0) ?? 0};`)
  const lines = nodes.map(({ id, label, missing, default: own }) => {
    const node = `${ids.get(id) ?? ''}["${text(label)}${missing === true ? ' (missing)' : ''}"]`
    return `  ${node}${missing === true ? ':::missing' : own === true ? ':::byDefault' : ''}`
  })
  const arrows = edges.map(({ from, to }) => `  ${ids.get(from) ?? ''} --> ${ids.get(to) ?? ''}`)
  return [
    'flowchart LR',
    ...lines,
    ...arrows,
    '  classDef missing stroke-dasharray: 4',
    '  classDef byDefault opacity:0.6',
    '',
  ].join('\n')
}

const HELP = `
Examples:
  rampart rbac graph rbac/ > rbac.mmd
  rampart rbac graph cluster.json --subject deployer -o json`
