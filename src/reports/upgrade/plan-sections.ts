import { commandText, type PlannedStep, type UpgradePlan } from '../../upgrade/index.js'

/** Steps of one node, or of many that are done in the same way: then `NODE` stands for each name. */
export interface PlanBlock {
  /** Names of the nodes; empty for steps about the whole cluster. */
  readonly nodes: readonly string[]
  readonly role: PlannedStep['role']
  /** How many at a time; 1 where they come one after another. */
  readonly atOnce: number
  readonly steps: readonly PlannedStep[]
}

/** What belongs to one stage of the road. */
export interface PlanSection {
  /** `1.36` */
  readonly minor: string
  readonly title: string
  readonly blocks: readonly PlanBlock[]
}

/** The plan as people read it: stage by stage, node by node, and like nodes together. */
export function planSections(plan: UpgradePlan): PlanSection[] {
  const sections = new Map<string, PlanBlock[]>()
  let run: PlannedStep[] = []
  const end = (): void => {
    const [first] = run
    if (first === undefined) return
    const key = stageOf(first)
    const blocks = sections.get(key) ?? []
    sections.set(key, blocks)
    for (const block of first.group === undefined ? [alone(run)] : together(run, plan)) blocks.push(block)
    run = []
  }
  for (const step of plan.steps) {
    const [last] = run
    const goesOn =
      last !== undefined &&
      (step.group === undefined
        ? step.node === last.node && last.group === undefined
        : step.group === last.group)
    if (!goesOn || stageOf(step) !== stageOf(last)) end()
    run.push(step)
  }
  end()
  return [...sections].map(([stage, blocks]) => {
    const first = blocks[0]?.steps[0]
    return { minor: first?.minor ?? '', title: titleOf(stage, first), blocks }
  })
}

function stageOf({ id }: PlannedStep): string {
  return id.slice(0, id.indexOf('/'))
}

function titleOf(stage: string, first: PlannedStep | undefined): string {
  if (stage === 'begin') return 'Before anything is changed'
  if (stage.endsWith('-catch-up')) return `Workers come up to ${first?.version ?? ''}`
  return `To ${first?.version ?? stage}`
}

function alone(steps: readonly PlannedStep[]): PlanBlock {
  const [first] = steps
  return {
    nodes: first === undefined || first.node === '' ? [] : [first.node],
    role: first?.role ?? 'cluster',
    atOnce: 1,
    steps,
  }
}

/** Nodes whose steps are the same but for the name. */
function together(steps: readonly PlannedStep[], { settings }: UpgradePlan): PlanBlock[] {
  const byNode = new Map<string, PlannedStep[]>()
  for (const step of steps) {
    const own = byNode.get(step.node)
    if (own === undefined) byNode.set(step.node, [step])
    else own.push(step)
  }
  if (byNode.size === 1) return [alone(steps)]
  const alike = new Map<string, { nodes: string[]; steps: readonly PlannedStep[] }>()
  for (const [node, own] of byNode) {
    const template = own.map((step) => withoutName(step, node))
    const key = JSON.stringify(template)
    const known = alike.get(key)
    if (known === undefined) alike.set(key, { nodes: [node], steps: template })
    else known.nodes.push(node)
  }
  return [...alike.values()].map(({ nodes, steps: template }) => ({
    nodes,
    role: template[0]?.role ?? 'worker',
    atOnce: settings.maxUnavailable,
    steps: template,
  }))
}

function withoutName(step: PlannedStep, node: string): PlannedStep {
  const name = new RegExp(`(?<![\\w.-])${node.replaceAll('.', '\\.')}(?![\\w-]|\\.\\w)`, 'g')
  const clean = (text: string): string => text.replace(name, 'NODE')
  return {
    ...step,
    id: step.id.replace(`/${node}/`, '/NODE/'),
    node: 'NODE',
    title: clean(step.title),
    precondition: clean(step.precondition),
    check: clean(step.check),
    back: clean(step.back),
    commands: step.commands.map((command) =>
      'run' in command
        ? {
            ...command,
            run: command.run.map((word) => (word === node ? 'NODE' : word)),
            ...(command.env === undefined
              ? {}
              : {
                  env: Object.fromEntries(
                    Object.entries(command.env).map(([key, value]) => [key, value === node ? 'NODE' : value]),
                  ),
                }),
          }
        : command,
    ),
  }
}

/** Lines of a step's commands, those of the node and those of where Rampart runs apart. */
export function commandLines(
  step: PlannedStep,
): { readonly on: 'node' | 'here'; readonly lines: readonly string[] }[] {
  const found: { on: 'node' | 'here'; lines: string[] }[] = []
  for (const command of step.commands) {
    const last = found.at(-1)
    const lines = commandText(command)
    if (last?.on === command.on) last.lines.push(...lines)
    else found.push({ on: command.on, lines: [...lines] })
  }
  return found
}

/** `cp-1`, `w-1, w-2 and 4995 more`. */
export function nodeList(nodes: readonly string[], most = 8): string {
  return nodes.length <= most
    ? nodes.join(', ')
    : `${nodes.slice(0, most).join(', ')} and ${nodes.length - most} more`
}

/** `first control-plane node cp-1`. */
export function blockTitle({ nodes, role, atOnce }: PlanBlock): string {
  if (nodes.length === 0) return 'The whole cluster'
  if (nodes.length > 1) {
    const pace = atOnce > 1 ? `${atOnce} at a time` : 'one after another'
    return `${nodes.length} workers, ${pace}`
  }
  const name = nodes[0] ?? ''
  switch (role) {
    case 'first-control-plane':
      return `First control-plane node ${name}`
    case 'control-plane':
      return `Control-plane node ${name}`
    default:
      return `Worker ${name}`
  }
}

/** `3 minors, 1.34 to 1.37` and what becomes of workers, one line a stage. */
export function roadLines({ hops }: UpgradePlan): string[] {
  return hops.map(({ version, kind, visits, left, etcd }) => {
    const parts = [
      kind === 'catch-up' ? 'control plane stays' : `control plane to ${version}`,
      ...(etcd === undefined ? [] : [`etcd ${etcd}`]),
      ...(visits > 0
        ? [`${visits} ${visits === 1 ? 'worker gets' : 'workers get'} the kubelet of ${version}`]
        : []),
      ...(left > 0 ? [`${left} ${left === 1 ? 'worker keeps its' : 'workers keep their'} kubelet`] : []),
    ]
    return `${version}: ${parts.join('; ')}`
  })
}
