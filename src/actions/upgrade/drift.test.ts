import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../model/index.js'
import type { PlannedStep, UpgradePlan } from '../../upgrade/index.js'
import { judgeDrift, type LiveCluster } from './drift.js'

const step = (
  node: string,
  action: PlannedStep['action'],
  role: PlannedStep['role'] = 'worker',
): PlannedStep => ({
  id: `1.37/${node}/${action}`,
  node,
  role,
  action,
  minor: '1.37',
  version: 'v1.37.2',
  title: '',
  commands: [],
  precondition: '',
  check: '',
  back: '',
})
const plan: UpgradePlan = {
  kind: 'rampart.upgrade-plan',
  format: 1,
  rampart: 'test',
  cluster: { name: 'prod', uid: 'c1', fingerprint: '' },
  from: 'v1.36.3',
  to: 'v1.37.2',
  hops: [{ minor: '1.37', version: 'v1.37.2', kind: 'minor', visits: 2, left: 0 }],
  nodes: [
    { name: 'cp', uid: 'u1', role: 'first-control-plane', packages: 'apt', kubelet: 'v1.36.3' },
    { name: 'w', uid: 'u2', role: 'worker', packages: 'apt', kubelet: 'v1.36.3' },
  ],
  settings: {
    conservative: false,
    maxUnavailable: 1,
    workers: 'in-place',
    etcd: 'local',
    backups: '/b',
    drain: { deleteEmptydirData: false, force: false },
  },
  dataDate: '2026-11-23',
  notes: [],
  steps: [
    step('cp', 'kubeadm-apply', 'first-control-plane'),
    step('w', 'restart-kubelet'),
    step('w', 'remove-node'),
  ],
  digest: '',
}
const node = (name: string, uid: string, kubeletVersion: string): JsonObject => ({
  metadata: { name, uid },
  status: { nodeInfo: { kubeletVersion } },
})
const live = (over: Partial<LiveCluster> = {}): LiveCluster => ({
  uid: 'c1',
  serverVersion: 'v1.36.3',
  nodes: [node('cp', 'u1', 'v1.36.3'), node('w', 'u2', 'v1.36.3')],
  ...over,
})
const at = { since: '', until: '' }
const reached = (states: Record<string, 'acting' | 'checked' | 'undone'>) => ({
  steps: new Map(Object.entries(states).map(([id, state]) => [id, { state, ...at }])),
})

describe('judgeDrift', () => {
  it.each<[string, Record<string, 'acting' | 'checked' | 'undone'>, Partial<LiveCluster>, string[]]>([
    ['as planned', {}, {}, []],
    [
      'another cluster',
      {},
      { uid: 'c2' },
      ['it is another cluster: the plan is of prod (kube-system has the UID c1), this one has c2'],
    ],
    [
      'an API server that somebody upgraded',
      {},
      { serverVersion: 'v1.37.0' },
      ['the API server is v1.37.0, the plan expects v1.36.3'],
    ],
    [
      'the API server of the plan, begun',
      { '1.37/cp/kubeadm-apply': 'acting' },
      { serverVersion: 'v1.37.2' },
      [],
    ],
    [
      'the API server of the plan, not begun',
      {},
      { serverVersion: 'v1.37.2' },
      ['the API server is v1.37.2, the plan expects v1.36.3'],
    ],
    ['a node that is gone', {}, { nodes: [node('cp', 'u1', 'v1.36.3')] }, ['the node w is gone']],
    [
      'a node that the plan removed',
      { '1.37/w/remove-node': 'acting' },
      { nodes: [node('cp', 'u1', 'v1.36.3')] },
      [],
    ],
    [
      'a node made anew',
      {},
      { nodes: [node('cp', 'u1', 'v1.36.3'), node('w', 'u9', 'v1.36.3')] },
      ['the node w was made anew (its UID differs)'],
    ],
    [
      'a node that was added',
      {},
      { nodes: [...live().nodes, node('x', 'u3', 'v1.36.3')] },
      ['the node x (v1.36.3) was added'],
    ],
    [
      'a kubelet that somebody upgraded',
      {},
      { nodes: [node('cp', 'u1', 'v1.36.3'), node('w', 'u2', 'v1.37.2')] },
      ['the kubelet of w is v1.37.2, the plan expects v1.36.3'],
    ],
    [
      'a kubelet in the middle of its step',
      { '1.37/w/restart-kubelet': 'acting' },
      { nodes: [node('cp', 'u1', 'v1.36.3'), node('w', 'u2', 'v1.37.2')] },
      [],
    ],
    [
      'a kubelet that went back after its step',
      { '1.37/w/restart-kubelet': 'checked' },
      {},
      ['the kubelet of w is v1.36.3, the plan expects v1.37.2'],
    ],
    ['a step that was put back does not count', { '1.37/w/restart-kubelet': 'undone' }, {}, []],
  ])('%s', (_name, states, over, wanted) => {
    expect(judgeDrift(plan, reached(states), live(over))).toEqual(wanted)
  })

  it('new nodes at the version belong to a plan that replaces', () => {
    const replacing = { ...plan, settings: { ...plan.settings, workers: 'replace' as const } }
    const nodes = [...live().nodes, node('x', 'u3', 'v1.37.2'), node('y', 'u4', 'v1.36.3')]
    expect(judgeDrift(replacing, reached({}), live({ nodes }))).toEqual(['the node y (v1.36.3) was added'])
  })
})
