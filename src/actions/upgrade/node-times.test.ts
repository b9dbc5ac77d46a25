import { describe, expect, it } from 'vitest'
import type { PlannedStep, UpgradePlan } from '../../upgrade/index.js'
import type { JournalEntry } from '../journal/index.js'
import { nodeTimes, runTimes } from './node-times.js'

const step = (node: string, action: PlannedStep['action'], role: PlannedStep['role']): PlannedStep => ({
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
const workers = ['w-1', 'w-2', 'w-3', 'w-4', 'w-5']
const plan = {
  steps: [
    step('cp', 'kubeadm-apply', 'first-control-plane'),
    ...workers.flatMap((node) => [step(node, 'drain', 'worker'), step(node, 'restart-kubelet', 'worker')]),
  ],
} as unknown as UpgradePlan
const at = (seconds: number): string =>
  new Date(Date.parse('2026-11-26T20:00:00Z') + seconds * 1000).toISOString()
const entry = (seconds: number, kind: JournalEntry['kind'], id: string): JournalEntry => ({
  kind,
  at: at(seconds),
  step: `1.37/${id}`,
})

describe('times', () => {
  it('nothing is said before anything was measured', () => {
    expect(runTimes(plan, [], 1)).toEqual({ done: 0, nodesDone: 0, nodes: 6, secondsLeft: undefined })
  })

  it('pauses between steps do not count, and each kind of node is estimated by its own', () => {
    const entries = [
      entry(0, 'acting', 'cp/kubeadm-apply'),
      entry(100, 'checked', 'cp/kubeadm-apply'),
      entry(100, 'acting', 'w-1/drain'),
      entry(130, 'checked', 'w-1/drain'),
      // An hour of lunch.
      entry(3730, 'acting', 'w-1/restart-kubelet'),
      entry(3740, 'checked', 'w-1/restart-kubelet'),
      entry(3740, 'acting', 'w-2/drain'),
    ]
    expect(
      nodeTimes(plan, entries).map(({ node, seconds, ended }) => [node, seconds, ended !== undefined]),
    ).toEqual([
      ['cp', 100, true],
      ['w-1', 40, true],
      ['w-2', 0, false],
    ])
    expect(runTimes(plan, entries, 1)).toEqual({ done: 3, nodesDone: 2, nodes: 6, secondsLeft: 160 })
    expect(runTimes(plan, entries, 2)).toEqual({ done: 3, nodesDone: 2, nodes: 6, secondsLeft: 80 })
  })

  it('a step that was put back or failed is not done', () => {
    const entries = [
      entry(0, 'acting', 'cp/kubeadm-apply'),
      entry(10, 'failed', 'cp/kubeadm-apply'),
      entry(20, 'acting', 'cp/kubeadm-apply'),
      entry(50, 'checked', 'cp/kubeadm-apply'),
      entry(60, 'undone', 'cp/kubeadm-apply'),
    ]
    expect(nodeTimes(plan, entries)[0]?.ended).toBeUndefined()
    expect(nodeTimes(plan, entries.slice(0, -1))[0]?.seconds).toBe(30)
  })
})
