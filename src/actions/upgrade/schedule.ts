import type { PlannedStep } from '../../upgrade/index.js'

/** Steps of one node, one after another. */
export interface Lane {
  readonly node: string
  readonly steps: readonly PlannedStep[]
}

/** Lanes that may run beside each other, at most `beside` at a time. */
export interface Stage {
  readonly lanes: readonly Lane[]
  readonly beside: number
}

/**
 * The order of a plan: stages one after another. Only workers of one group run beside each other.
 * INVARIANT: a stage with a control-plane node has one lane at a time, whatever the plan's groups say.
 */
export function schedule(steps: readonly PlannedStep[], maxUnavailable: number): Stage[] {
  const stages: Stage[] = []
  let at = 0
  while (at < steps.length) {
    const first = steps[at] as PlannedStep
    let end = at + 1
    if (first.group !== undefined) while (steps[end]?.group === first.group) end += 1
    const part = steps.slice(at, end)
    const lanes = new Map<string, PlannedStep[]>()
    for (const step of part) {
      const own = lanes.get(step.node)
      if (own === undefined) lanes.set(step.node, [step])
      else own.push(step)
    }
    const workers = part.every(({ role }) => role === 'worker')
    stages.push({
      lanes: [...lanes].map(([node, own]) => ({ node, steps: own })),
      beside: workers ? Math.max(1, maxUnavailable) : 1,
    })
    at = end
  }
  return stages
}

/** `3`, or `10%` of the workers, at least one; undefined for everything else. */
export function readMaxUnavailable(text: string, workers: number): number | undefined {
  const found = /^(\d{1,5})(%?)$/.exec(text)
  if (found === null) return undefined
  const value = Number(found[1])
  if (found[2] === '') return value >= 1 ? value : undefined
  return value >= 1 && value <= 100 ? Math.max(1, Math.floor((workers * value) / 100)) : undefined
}
