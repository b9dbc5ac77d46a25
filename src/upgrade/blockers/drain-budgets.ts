import {
  judgeEviction,
  podSourcesIn,
  readBudget,
  selectorMatches,
  whyNever,
  type DisruptionBudget,
} from '../../kube/index.js'
import { asObject, formatRef, valueAt, type KubeObject } from '../../model/index.js'
import { listed } from '../listed.js'
import type { Blocker, BlockerCheck, BlockerContext } from './blocker.js'
import { movedPods } from './moved-pods.js'

const REFERENCES = ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/']

/** Budgets that hold up the drain of a node: for ever, or as things are. */
export const drainBudgets: BlockerCheck = {
  id: 'drain-budgets',
  title: 'A disruption budget keeps pods on their nodes',
  find(context) {
    const objects = budgetsOf(context)
    if (objects.length === 0) return []
    const byNamespace = podsByNamespace(context)
    return objects.flatMap((object): Blocker[] => {
      const budget = { ...readBudget(object.content), namespace: object.ref.namespace }
      const pods = (byNamespace.get(object.ref.namespace) ?? []).filter((pod) => covers(budget, pod))
      if (pods.length === 0) return ofTemplates(context, object, budget)
      return ofPods(object, budget, pods)
    })
  },
}

function budgetsOf({ index }: BlockerContext): readonly KubeObject[] {
  return index.ofKind('policy', 'PodDisruptionBudget')
}

function podsByNamespace({ index }: BlockerContext): Map<string, KubeObject[]> {
  const found = new Map<string, KubeObject[]>()
  for (const pod of movedPods(index)) {
    const list = found.get(pod.ref.namespace)
    if (list === undefined) found.set(pod.ref.namespace, [pod])
    else list.push(pod)
  }
  return found
}

function covers(budget: DisruptionBudget, pod: KubeObject): boolean {
  return selectorMatches(budget.selector, asObject(valueAt(pod.content, ['metadata', 'labels'])))
}

function blocker(
  object: KubeObject,
  parts: Pick<Blocker, 'level' | 'message' | 'fix'> & Partial<Blocker>,
): Blocker {
  return {
    check: drainBudgets.id,
    subject: { kind: 'object', object: object.ref },
    references: REFERENCES,
    ...parts,
  }
}

function ofPods(object: KubeObject, budget: DisruptionBudget, pods: readonly KubeObject[]): Blocker[] {
  const ref = formatRef(object.ref)
  // Each alone under this budget; pods under several are another check's.
  const judged = pods.map((pod) => ({
    pod,
    ...judgeEviction(
      { ...pod.content, metadata: { ...asObject(pod.content.metadata), namespace: budget.namespace } },
      [budget],
    ),
  }))
  const of = (kind: string): typeof judged => judged.filter((each) => each.kind === kind)
  const names = (some: typeof judged): string => listed(some.map(({ pod }) => pod.ref.name).sort())
  const never = of('never')
  const [first] = never
  if (first !== undefined) {
    const because = 'because' in first ? first.because : ''
    return [
      blocker(object, {
        level: 'blocks',
        message: `${ref} never lets a pod go: ${because}; no node with ${names(never)} can be drained`,
        fix: 'let it allow one: `maxUnavailable: 1` where there are several replicas, more replicas where there is one; or take the budget away while the nodes are drained',
        evidence: budget.rule === '' ? 'status' : `spec: ${budget.rule}`,
      }),
    ]
  }
  const held = of('held')
  const [one] = held
  if (one !== undefined) {
    const because = 'because' in one ? one.because : ''
    const unready = because.includes('not ready')
    return [
      blocker(object, {
        level: 'warns',
        message: `${ref} lets no pod go now: ${because} (${names(held)})`,
        fix: unready
          ? 'mend the pods that are not ready, or set `unhealthyPodEvictionPolicy: AlwaysAllow`, so that they can go'
          : 'wait until its pods are healthy; see why they are not: kubectl get pods -o wide',
        evidence: 'status.disruptionsAllowed: 0',
      }),
    ]
  }
  const open = of('unknown')
  if (open.length === 0) return []
  return [
    blocker(object, {
      level: 'unknown',
      message: `what ${ref} allows is not known: ${open[0] !== undefined && 'because' in open[0] ? open[0].because : ''}`,
      fix: 'see whether kube-controller-manager runs, and read again',
    }),
  ]
}

/** Where no pods were read (manifests): what the budget's own arithmetic says of the replicas that are asked for. */
function ofTemplates({ index }: BlockerContext, object: KubeObject, budget: DisruptionBudget): Blocker[] {
  const sources = podSourcesIn(index, object.ref.namespace).filter(
    ({ object: maker, labels }) => maker.ref.kind !== 'DaemonSet' && selectorMatches(budget.selector, labels),
  )
  if (sources.length === 0 || sources.some(({ object: maker }) => maker.ref.kind === 'Pod')) return []
  const replicas = sources.map(({ object: maker }) => valueAt(maker.content, ['spec', 'replicas']) ?? 1)
  const expected = replicas.every((each) => typeof each === 'number')
    ? replicas.reduce((sum, each) => sum + each, 0)
    : undefined
  const never = whyNever(budget, expected)
  if (never === undefined) return []
  const makers = listed(sources.map(({ object: maker }) => formatRef(maker.ref)))
  return [
    blocker(object, {
      level: 'blocks',
      message: `${formatRef(object.ref)} never lets a pod of ${makers} go: ${never}`,
      fix: 'let it allow one: `maxUnavailable: 1` where there are several replicas, more replicas where there is one',
      evidence: `spec: ${budget.rule}`,
    }),
  ]
}

/** The API server evicts no pod that two budgets are about. */
export const drainTwoBudgets: BlockerCheck = {
  id: 'drain-two-budgets',
  title: 'A pod is under more than one disruption budget',
  find(context) {
    const budgets = budgetsOf(context).map((object) => ({ object, budget: readBudget(object.content) }))
    if (budgets.length < 2) return []
    const found = new Map<string, { budgets: KubeObject[]; pods: string[] }>()
    for (const [namespace, pods] of podsByNamespace(context)) {
      const own = budgets.filter(({ object }) => object.ref.namespace === namespace)
      if (own.length < 2) continue
      for (const pod of pods) {
        const over = own.filter(({ budget }) => covers(budget, pod)).map(({ object }) => object)
        if (over.length < 2) continue
        const key = `${namespace}/${over
          .map(({ ref }) => ref.name)
          .sort()
          .join('/')}`
        const group = found.get(key)
        if (group === undefined) found.set(key, { budgets: over, pods: [pod.ref.name] })
        else group.pods.push(pod.ref.name)
      }
    }
    return [...found.values()].flatMap(({ budgets: over, pods }): Blocker[] => {
      const [first] = over
      if (first === undefined) return []
      const names = listed(over.map(({ ref }) => ref.name).sort())
      return [
        {
          check: drainTwoBudgets.id,
          level: 'blocks',
          subject: { kind: 'object', object: first.ref },
          message: `the budgets ${names} of ${first.ref.namespace} are about the same pods (${listed([...pods].sort())}): the API server answers 500 to each eviction, and no drain ends`,
          fix: 'take one of the budgets away, or make their selectors differ',
          references: ['https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/'],
        },
      ]
    })
  },
}
