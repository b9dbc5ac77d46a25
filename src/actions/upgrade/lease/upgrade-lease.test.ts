import { describe, expect, it } from 'vitest'
import { judgeLease, readLease, type HeldLease } from './upgrade-lease.js'

const NOW = Date.parse('2026-11-26T20:00:00Z')
const me = { host: 'ops-1', run: 'run-1', journal: '/var/lib/rampart/runs/run-1' }
const held = (over: Partial<HeldLease>): HeldLease => ({
  ...me,
  openStep: '',
  state: 'running',
  renewed: NOW - 10_000,
  seconds: 120,
  resourceVersion: '7',
  ...over,
})
const other = { host: 'ops-2', run: 'run-2', journal: '/srv/runs/run-2' }
const long = NOW - 3_600_000

describe('judgeLease', () => {
  it.each<[string, HeldLease | undefined, boolean, 'free' | 'ours' | RegExp]>([
    ['nobody holds it', undefined, false, 'free'],
    ['this run holds it', held({}), false, 'ours'],
    ['this run, expired', held({ renewed: long }), false, 'ours'],
    [
      'this run of another machine: a copied journal',
      held({ host: 'ops-9' }),
      false,
      /belongs to the machine "ops-9"/,
    ],
    [
      'another that is at work',
      held(other),
      false,
      /the machine "ops-2" upgrades this cluster \(run-2\); its journal is \/srv\/runs\/run-2 there.*wait/,
    ],
    [
      'another that is at work is not taken over',
      held(other),
      true,
      /stop it there by `rampart upgrade pause`/,
    ],
    ['another, expired, between two steps', held({ ...other, renewed: long }), false, /--take-over/],
    [
      'another, expired, with an open step',
      held({ ...other, renewed: long, openStep: 'x/drain' }),
      false,
      /in the middle of "x\/drain".*--take-over/,
    ],
    ['another, expired, taken over', held({ ...other, renewed: long, openStep: 'x/drain' }), true, 'free'],
    ['another that has stopped', held({ ...other, state: 'stopped' }), false, /is not finished.*Go on there/],
    ['another that has stopped, taken over at once', held({ ...other, state: 'stopped' }), true, 'free'],
    [
      'another in a step that takes the API server down',
      held({ ...other, renewed: NOW - 600_000, seconds: 3120, openStep: 'x/kubeadm-apply' }),
      true,
      /wait/,
    ],
    ['one that never said when', held({ ...other, renewed: undefined }), true, 'free'],
  ])('%s', (_name, lease, takeOver, wanted) => {
    const verdict = judgeLease(lease, me, { now: NOW, takeOver })
    if (typeof wanted === 'string') expect(verdict.kind).toBe(wanted)
    else expect(verdict.kind === 'refused' ? verdict.why : verdict.kind).toMatch(wanted)
  })
})

describe('readLease', () => {
  it.each([
    {},
    { spec: {} },
    { spec: { holderIdentity: '' } },
    { spec: { holderIdentity: 5 } },
    { spec: [] },
  ])('nobody holds %j', (lease) => expect(readLease(lease)).toBeUndefined())

  it('reads one without annotations, made by another program', () => {
    expect(readLease({ spec: { holderIdentity: 'a/b', renewTime: 'never' } })).toEqual({
      host: 'a',
      run: 'b',
      journal: '',
      openStep: '',
      state: 'running',
      renewed: undefined,
      seconds: 0,
      resourceVersion: '',
    })
  })
})
