import type { JsonObject } from '../../../src/model/index.js'
import type { BudgetGiven, Row } from './row.js'

const full = (name: string, more: object = {}): BudgetGiven => ({
  name,
  spec: { minAvailable: 1, selector: { matchLabels: { app: 'web' } }, ...more },
  status: {
    disruptionsAllowed: 0,
    currentHealthy: 1,
    desiredHealthy: 1,
    expectedPods: 2,
    observedGeneration: 1,
  },
})
const open = (name: string, allowed: number): BudgetGiven => ({
  ...full(name),
  status: {
    disruptionsAllowed: allowed,
    currentHealthy: 1 + allowed,
    desiredHealthy: 1,
    expectedPods: 1 + allowed,
    observedGeneration: 1,
  },
})
const web = { labels: { app: 'web' } }
const isEviction = (method: string, path: string): boolean => method === 'POST' && path.endsWith('/eviction')
const READ = { apiGroups: [''], resources: ['nodes', 'pods'], verbs: ['get', 'list'] }
const CORDON = { apiGroups: [''], resources: ['nodes'], verbs: ['patch'] }
const EVICT = { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] }

/** Every row of the table of kubectl drain, and what stands behind it. */
export const ROWS: readonly Row[] = [
  // Nodes.
  { name: 'an empty node', args: ['NODE'] },
  { name: 'no such node', args: ['nobody'] },
  { name: 'one of two nodes is not there: nothing is done', args: ['NODE', 'nobody'], pods: [{ name: 'w' }] },
  { name: 'a node that is cordoned already', args: ['NODE'], cordoned: true, pods: [{ name: 'w' }] },
  { name: 'written as node/NAME', args: ['node/NODE'], pods: [{ name: 'w' }] },
  {
    name: 'two nodes',
    args: ['NODE', 'NODE-B'],
    twoNodes: true,
    pods: [{ name: 'w' }, { name: 'x', node: 'b' }],
  },
  {
    name: 'two nodes, the first one is refused',
    args: ['NODE', 'NODE-B'],
    twoNodes: true,
    pods: [
      { name: 'w', owner: 'none' },
      { name: 'x', node: 'b' },
    ],
  },
  {
    name: 'two nodes, both are refused',
    args: ['NODE', 'NODE-B'],
    twoNodes: true,
    pods: [
      { name: 'w', owner: 'none' },
      { name: 'x', node: 'b', emptyDir: true },
    ],
  },
  {
    name: 'nodes by their labels',
    args: ['--selector', 'LABEL'],
    twoNodes: true,
    pods: [{ name: 'w' }, { name: 'x', node: 'b' }],
  },
  { name: 'labels that no node has', args: ['-l', 'nobody=has-it'] },
  // Filters.
  {
    name: 'a pod of a DaemonSet',
    args: ['NODE'],
    pods: [{ name: 'd', owner: 'DaemonSet' }, { name: 'w' }],
    daemonSets: ['ds'],
  },
  {
    name: 'a pod of a DaemonSet, --ignore-daemonsets',
    args: ['NODE', '--ignore-daemonsets'],
    pods: [{ name: 'd', owner: 'DaemonSet' }, { name: 'w' }],
    daemonSets: ['ds'],
  },
  {
    name: 'a pod of a DaemonSet, --force',
    args: ['NODE', '--force'],
    pods: [{ name: 'd', owner: 'DaemonSet' }],
    daemonSets: ['ds'],
  },
  {
    name: 'its DaemonSet is gone',
    args: ['NODE', '--ignore-daemonsets'],
    pods: [{ name: 'd', owner: 'DaemonSet' }],
  },
  {
    name: 'its DaemonSet is gone, --force',
    args: ['NODE', '--force'],
    pods: [{ name: 'd', owner: 'DaemonSet' }],
  },
  {
    name: 'its DaemonSet is gone, --force --ignore-daemonsets',
    args: ['NODE', '--force', '--ignore-daemonsets'],
    pods: [{ name: 'd', owner: 'DaemonSet' }],
  },
  {
    name: 'a finished pod of a DaemonSet',
    args: ['NODE'],
    pods: [{ name: 'd', owner: 'DaemonSet', phase: 'Succeeded' }],
    daemonSets: ['ds'],
  },
  { name: 'a mirror pod', args: ['NODE'], pods: [{ name: 'm', owner: 'none', mirror: true }, { name: 'w' }] },
  {
    name: 'a mirror pod with emptyDir',
    args: ['NODE'],
    pods: [{ name: 'm', owner: 'none', mirror: true, emptyDir: true }],
  },
  { name: 'local storage', args: ['NODE'], pods: [{ name: 'w', emptyDir: true }] },
  { name: 'local storage, --force', args: ['NODE', '--force'], pods: [{ name: 'w', emptyDir: true }] },
  {
    name: 'local storage, --delete-emptydir-data',
    args: ['NODE', '--delete-emptydir-data'],
    pods: [{ name: 'w', emptyDir: true }],
  },
  { name: 'a hostPath is no local storage', args: ['NODE'], pods: [{ name: 'w', hostPath: true }] },
  {
    name: 'no controller',
    args: ['NODE'],
    pods: [
      { name: 'w', owner: 'none' },
      { name: 'x', owner: 'none' },
    ],
  },
  {
    name: 'no controller, --force',
    args: ['NODE', '--force'],
    pods: [{ name: 'w', owner: 'none' }, { name: 'x' }],
  },
  {
    name: 'only the last warning is heard',
    args: ['NODE', '--force', '--delete-emptydir-data'],
    pods: [{ name: 'w', owner: 'none', emptyDir: true }],
  },
  {
    name: 'finished pods go, whatever they are',
    args: ['NODE'],
    pods: [
      { name: 's', owner: 'none', phase: 'Succeeded', emptyDir: true },
      { name: 'f', owner: 'none', phase: 'Failed' },
    ],
  },
  {
    name: 'a pending pod without controller',
    args: ['NODE'],
    pods: [{ name: 'w', owner: 'none', phase: 'Pending' }],
  },
  {
    name: 'several errors at once: nothing is evicted',
    explains: /rampart: {3}refused: cannot delete DaemonSet-managed Pods/,
    args: ['NODE'],
    pods: [
      { name: 'd', owner: 'DaemonSet' },
      { name: 'e', emptyDir: true },
      { name: 'u', owner: 'none' },
      { name: 'w' },
    ],
    daemonSets: ['ds'],
  },
  {
    name: 'several warnings at once',
    args: ['NODE', '--force', '--ignore-daemonsets'],
    pods: [{ name: 'd', owner: 'DaemonSet' }, { name: 'u', owner: 'none' }, { name: 'w' }],
    daemonSets: ['ds'],
  },
  // Eviction and its answers.
  {
    name: 'several pods',
    args: ['NODE'],
    pods: [{ name: 'w' }, { name: 'x' }, { name: 'y' }, { name: 'z' }],
  },
  { name: 'a budget allows it', args: ['NODE'], pods: [{ name: 'w', ...web }], budgets: [open('b', 1)] },
  {
    name: '429: a budget, until it allows it',
    explains:
      /rampart: node\/ID-a can be drained, but has to wait[^]*ID\/w waits: budget ID\/b: 1 of its pods are healthy, and it wants 1[^]*rampart: ID\/w waits: The disruption budget b needs 1 healthy pods and has 1 currently/,
    args: ['NODE'],
    pods: [{ name: 'w', ...web }, { name: 'x' }],
    budgets: [full('b')],
    async after({ method, path }, status, stage) {
      if (isEviction(method, path) && status === 429)
        await stage.patchBudget('b', { disruptionsAllowed: 1, currentHealthy: 2 })
    },
  },
  {
    name: '429: two pods, one at a time',
    args: ['NODE'],
    pods: [
      { name: 'w', ...web },
      { name: 'x', ...web },
    ],
    budgets: [open('b', 1)],
    // Which one is first is chance: here it is the first one by name.
    async before({ method, path }, stage, count) {
      if (!isEviction(method, path) || !path.includes('/x/') || count > 1) return
      const budget = `/apis/policy/v1/namespaces/${stage.namespace}/poddisruptionbudgets/b`
      for (;;) {
        const { status } = await stage.request('GET', budget)
        if ((status as JsonObject).disruptionsAllowed === 0) return
      }
    },
    async after({ method, path }, status, stage) {
      if (isEviction(method, path) && status === 429)
        await stage.patchBudget('b', { disruptionsAllowed: 1, currentHealthy: 2, disruptedPods: null })
    },
  },
  {
    name: '429 to the end of --timeout',
    args: ['NODE', '--timeout=3s'],
    pods: [{ name: 'w', ...web }, { name: 'x' }],
    budgets: [full('b')],
  },
  {
    name: '429: the status is not about the budget as it is, the server says when to ask again',
    explains:
      /not everything that decides it is known[^]*The disruption budget b is still being processed by the server\. The server wants 10 s of patience/,
    args: ['NODE'],
    pods: [{ name: 'w', ...web }],
    budgets: [{ ...open('b', 1), status: { ...open('b', 1).status, observedGeneration: 0 } }],
    async after({ method, path }, status, stage) {
      if (isEviction(method, path) && status === 429) await stage.patchBudget('b', { observedGeneration: 1 })
    },
  },
  {
    name: '429: the pod is gone before it is asked again',
    args: ['NODE'],
    pods: [{ name: 'w', ...web }],
    budgets: [full('b')],
    async after({ method, path }, status, stage) {
      if (isEviction(method, path) && status === 429) await stage.removePod('w')
    },
  },
  {
    name: '429: the pod finishes by itself',
    args: ['NODE'],
    pods: [{ name: 'w', ...web }],
    budgets: [full('b')],
    async after({ method, path }, status, stage) {
      if (isEviction(method, path) && status === 429)
        await stage.patchPod('w', { status: { phase: 'Succeeded' } })
    },
  },
  {
    name: '500: two budgets, the others go',
    explains:
      /rampart: node\/ID-a cannot be drained as things are[^]*ID\/w cannot be evicted: the server evicts no pod with more than one budget: b and c/,
    args: ['NODE'],
    pods: [{ name: 'w', ...web }, { name: 'x' }],
    budgets: [open('b', 1), open('c', 1)],
  },
  {
    name: '404: the pod is gone before its eviction',
    args: ['NODE'],
    pods: [{ name: 'w' }],
    async before({ method, path }, stage) {
      if (isEviction(method, path)) await stage.removePod('w')
    },
  },
  {
    name: '403: a namespace that ends, until its pod does',
    args: ['NODE'],
    pods: [{ name: 'w', grace: 30 }],
    kubelet: 'ends',
    prepare: (stage) => stage.request('DELETE', `/api/v1/namespaces/${stage.namespace}`),
    async after({ method, path }, status, stage, count) {
      if (!isEviction(method, path) || status !== 403) return
      if (count === 1) await stage.deletePod('w', 30)
      else await stage.removePod('w')
    },
  },
  {
    name: '403: a pod that is being deleted in a namespace that ends',
    args: ['NODE'],
    pods: [{ name: 'w', grace: 30 }],
    prepare: async (stage) => {
      await stage.request('DELETE', `/api/v1/namespaces/${stage.namespace}`)
      await stage.deletePod('w', 30)
    },
    async after({ method, path }, status, stage) {
      if (isEviction(method, path) && status === 403) await stage.removePod('w')
    },
  },
  {
    name: '403: no right to evict',
    args: ['NODE'],
    pods: [{ name: 'w' }, { name: 'x' }],
    rights: [READ, CORDON],
  },
  {
    name: '403: no right to list pods',
    args: ['NODE'],
    pods: [{ name: 'w' }],
    rights: [{ ...READ, resources: ['nodes'] }, CORDON],
  },
  { name: '403: no right to see the node', args: ['NODE'], rights: [CORDON] },
  {
    name: '403: no right to see DaemonSets',
    args: ['NODE', '--ignore-daemonsets', '--force'],
    pods: [{ name: 'd', owner: 'DaemonSet' }],
    daemonSets: ['ds'],
    rights: [READ, CORDON, EVICT],
  },
  {
    name: '403: no right to see pods while waiting',
    kubelet: 'never',
    args: ['NODE'],
    pods: [{ name: 'w' }],
    rights: [{ ...READ, resources: ['nodes'] }, { ...READ, verbs: ['list'] }, CORDON, EVICT],
  },
  {
    name: 'a pod that is not ready, AlwaysAllow',
    explains: /rampart: node\/ID-a can be drained now/,
    args: ['NODE'],
    pods: [{ name: 'w', ready: false, ...web }],
    budgets: [full('b', { unhealthyPodEvictionPolicy: 'AlwaysAllow' })],
  },
  {
    name: 'a pod that is not ready, IfHealthyBudget, too few are healthy',
    args: ['NODE', '--timeout=2s'],
    pods: [{ name: 'w', ready: false, ...web }],
    budgets: [{ ...full('b'), status: { ...full('b').status, currentHealthy: 0 } }],
  },
  {
    name: 'a pod that is not ready, IfHealthyBudget, enough are healthy',
    args: ['NODE'],
    pods: [{ name: 'w', ready: false, ...web }],
    budgets: [full('b')],
  },
  {
    name: 'a pending pod under a budget',
    explains: /rampart: node\/ID-a can be drained now/,
    args: ['NODE'],
    pods: [{ name: 'w', phase: 'Pending', ...web }],
    budgets: [full('b')],
  },
  {
    name: 'evictions by policy/v1beta1, as discovery says',
    args: ['NODE'],
    pods: [{ name: 'w' }],
    rewrite: ({ path }, body) =>
      path === '/api/v1' ? eviction(body, (each) => ({ ...each, version: 'v1beta1' })) : body,
  },
  {
    name: 'no evictions, as discovery says: deleted',
    args: ['NODE'],
    pods: [{ name: 'w', ...web }],
    budgets: [full('b')],
    rewrite: ({ path }, body) => (path === '/api/v1' ? eviction(body, () => undefined) : body),
  },
  // Waiting.
  {
    name: 'another pod of the same name',
    explains: /a pod gets at most 30 s to end: ID\/w/,
    args: ['NODE'],
    pods: [{ name: 'w' }],
    kubelet: 'replaces',
  },
  {
    name: 'a pod that does not end, --timeout',
    explains: /rampart: ID\/w waits: it ends within (?:30|29) s/,
    args: ['NODE', '--timeout=2s'],
    pods: [{ name: 'w' }, { name: 'x' }],
    kubelet: 'never',
  },
  {
    name: 'a pod that is being deleted already',
    args: ['NODE'],
    pods: [{ name: 'w', deleted: 60 }],
  },
  {
    name: 'the grace of the pod',
    args: ['NODE', '--grace-period=-1', '--timeout=1s'],
    pods: [{ name: 'w', grace: 77 }],
    kubelet: 'never',
  },
  {
    name: 'another grace',
    args: ['NODE', '--grace-period=55', '--timeout=1s'],
    pods: [{ name: 'w', grace: 77 }],
    kubelet: 'never',
  },
  {
    name: 'no grace',
    args: ['NODE', '--grace-period=0'],
    pods: [{ name: 'w', grace: 77 }],
    kubelet: 'never',
  },
  {
    name: '--skip-wait-for-delete-timeout: a deletion that is overdue',
    args: ['NODE', '--skip-wait-for-delete-timeout=1'],
    pods: [{ name: 'w', deleted: 1 }, { name: 'x' }],
    prepare: () => new Promise((resolve) => setTimeout(resolve, 4000)),
  },
  {
    name: '--skip-wait-for-delete-timeout: a pod that becomes overdue',
    args: ['NODE', '--skip-wait-for-delete-timeout=1', '--grace-period=1'],
    pods: [{ name: 'w' }],
    kubelet: 'never',
  },
  // Instead of evictions.
  {
    name: '--disable-eviction does not ask budgets',
    explains: /rampart: node\/ID-a can be drained now/,
    args: ['NODE', '--disable-eviction'],
    pods: [{ name: 'w', ...web }, { name: 'x' }],
    budgets: [full('b')],
  },
  {
    name: '--disable-eviction with grace',
    args: ['NODE', '--disable-eviction', '--grace-period=44'],
    pods: [{ name: 'w' }],
  },
  {
    name: '--disable-eviction to the end of --timeout',
    args: ['NODE', '--disable-eviction', '--timeout=2s'],
    pods: [{ name: 'w' }],
    kubelet: 'never',
  },
  {
    name: '--disable-eviction without the right',
    args: ['NODE', '--disable-eviction'],
    pods: [{ name: 'w' }, { name: 'x' }],
    rights: [READ, CORDON],
  },
  {
    name: '--disable-eviction: the pod is gone before',
    args: ['NODE', '--disable-eviction'],
    pods: [{ name: 'w' }],
    async before({ method }, stage) {
      if (method === 'DELETE') await stage.removePod('w')
    },
  },
  // Which pods.
  {
    name: '--pod-selector',
    args: ['NODE', '--pod-selector', 'app=web'],
    pods: [{ name: 'w', ...web }, { name: 'x' }, { name: 'u', owner: 'none' }],
  },
  {
    name: '--pod-selector that no pod has',
    args: ['NODE', '--pod-selector=app notin (web),!old,app'],
    pods: [{ name: 'w', ...web }],
  },
  {
    name: '--chunk-size 1',
    args: ['NODE', '--chunk-size=1'],
    pods: [{ name: 'w' }, { name: 'x' }, { name: 'y' }],
  },
  { name: '--chunk-size 0', args: ['NODE', '--chunk-size=0'], pods: [{ name: 'w' }, { name: 'x' }] },
  // Dry runs.
  {
    name: '--dry-run=client',
    args: ['NODE', '--dry-run=client'],
    pods: [{ name: 'w', ...web }],
    budgets: [full('b')],
  },
  {
    name: '--dry-run=client of what is refused',
    args: ['NODE', '--dry-run=client'],
    pods: [{ name: 'u', owner: 'none' }],
  },
  {
    name: '--dry-run=server',
    args: ['NODE', '--dry-run=server'],
    pods: [{ name: 'w', ...web }, { name: 'x' }],
    budgets: [open('b', 1)],
  },
  {
    name: '--dry-run=server under a full budget',
    args: ['NODE', '--dry-run=server', '--timeout=3s'],
    pods: [{ name: 'w', ...web }],
    budgets: [full('b')],
  },
  {
    name: '--dry-run=server of a cordoned node',
    args: ['NODE', '--dry-run=server', '--grace-period=5'],
    cordoned: true,
    pods: [{ name: 'w' }],
  },
  // Cordon and uncordon.
  { name: 'cordon', command: 'cordon', args: ['NODE'] },
  { name: 'cordon again', command: 'cordon', args: ['NODE'], cordoned: true },
  { name: 'cordon two', command: 'cordon', args: ['NODE', 'NODE-B'], twoNodes: true },
  { name: 'cordon by labels', command: 'cordon', args: ['--selector=LABEL'], twoNodes: true },
  { name: 'cordon what is not there', command: 'cordon', args: ['nobody'] },
  { name: 'cordon --dry-run=client', command: 'cordon', args: ['NODE', '--dry-run=client'] },
  { name: 'cordon --dry-run=server', command: 'cordon', args: ['NODE', '--dry-run=server'] },
  { name: 'uncordon', command: 'uncordon', args: ['NODE'], cordoned: true },
  { name: 'uncordon again', command: 'uncordon', args: ['NODE'] },
  {
    name: 'uncordon --dry-run=server',
    command: 'uncordon',
    args: ['NODE', '--dry-run=server'],
    cordoned: true,
  },
  // Where ours is meant to differ.
  {
    name: 'no right to cordon: kubectl drains all the same, and ends with 0',
    args: ['NODE'],
    pods: [{ name: 'w' }],
    rights: [READ, EVICT],
    wanted: 'a node that cannot be cordoned is left alone, and the end is 1',
    ours: { exit: 1, says: /unable to cordon node .*\n.*is not drained: it could not be cordoned/s },
  },
  {
    name: 'cordon without the right: kubectl ends with 0',
    command: 'cordon',
    args: ['NODE'],
    rights: [READ],
    wanted: 'the end is 1',
    ours: { exit: 1, says: /unable to cordon node/ },
  },
  {
    name: 'no node is named: kubectl ends with 1',
    args: [],
    wanted: 'wrong usage ends with 2, as everywhere in rampart',
    ours: { exit: 2, says: /name a node, or give --selector/ },
  },
  {
    name: 'a name and labels: kubectl ends with 1',
    args: ['NODE', '--selector=LABEL'],
    wanted: 'wrong usage ends with 2, as everywhere in rampart',
    ours: { exit: 2, says: /cannot specify both a node name and a --selector option/ },
  },
  {
    name: 'a pod selector that is none: kubectl ends with 1',
    args: ['NODE', '--pod-selector=a in'],
    wanted: 'wrong usage ends with 2, as everywhere in rampart',
    ours: { exit: 2, says: /--pod-selector=<pod_selector> must be a valid label selector/ },
  },
  {
    name: 'something else than a node: kubectl ends with 1',
    args: ['pod/NODE'],
    wanted: 'wrong usage ends with 2, as everywhere in rampart',
    ours: { exit: 2, says: /nodes alone can be drained/ },
  },
]

/** Discovery with another entry for evictions. */
function eviction(body: string, change: (entry: Entry) => Entry | undefined): string {
  const list = JSON.parse(body) as { resources?: Entry[] }
  if (list.resources === undefined) return body
  const resources = list.resources.flatMap((each) =>
    each.name === 'pods/eviction' ? (change(each) ?? []) : each,
  )
  return JSON.stringify({ ...list, resources })
}

interface Entry {
  readonly name: string
  readonly version?: string
}
