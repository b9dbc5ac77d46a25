import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlannedStep } from '../../upgrade/index.js'
import { readMaxUnavailable, schedule } from './schedule.js'

const step = (id: string, node: string, role: PlannedStep['role'], group?: string): PlannedStep => ({
  id,
  node,
  role,
  action: 'drain',
  minor: '1.37',
  version: 'v1.37.2',
  title: id,
  commands: [],
  precondition: '',
  check: '',
  back: '',
  ...(group === undefined ? {} : { group }),
})

describe('schedule', () => {
  it('puts lanes of a group beside each other, and everything else one after another', () => {
    const steps = [
      step('a', '', 'cluster'),
      step('b', 'cp', 'first-control-plane'),
      step('c', 'w1', 'worker', 'g'),
      step('d', 'w2', 'worker', 'g'),
      step('e', 'w1', 'worker', 'g'),
      step('f', 'w3', 'worker', 'h'),
    ]
    expect(
      schedule(steps, 2).map(({ lanes, beside }) => [
        beside,
        lanes.map((lane) => lane.steps.map(({ id }) => id).join('')),
      ]),
    ).toEqual([
      [1, ['a']],
      [1, ['b']],
      [2, ['ce', 'd']],
      [2, ['f']],
    ])
  })

  it('never lets two control-plane nodes run beside each other, whatever groups say', () => {
    const roles = fc.constantFrom<PlannedStep['role']>(
      'worker',
      'control-plane',
      'first-control-plane',
      'cluster',
    )
    const steps = fc.array(
      fc.tuple(
        fc.constantFrom('a', 'b', 'c', 'd'),
        roles,
        fc.option(fc.constantFrom('g', 'h'), { nil: undefined }),
      ),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 9 }), (made, beside) => {
        const planned = made.map(([node, role, group], at) => step(String(at), node, role, group))
        const stages = schedule(planned, beside)
        expect(
          stages
            .flatMap(({ lanes }) => lanes.flatMap((lane) => lane.steps))
            .map(({ id }) => id)
            .sort(),
        ).toEqual(planned.map(({ id }) => id).sort())
        for (const stage of stages) {
          const all = stage.lanes.flatMap((lane) => lane.steps)
          if (all.some(({ role }) => role !== 'worker')) expect(stage.beside).toBe(1)
          expect(stage.beside).toBeLessThanOrEqual(beside)
          for (const lane of stage.lanes) expect(new Set(lane.steps.map(({ node }) => node)).size).toBe(1)
        }
      }),
    )
  })
})

describe('readMaxUnavailable', () => {
  it.each([
    ['1', 10, 1],
    ['3', 10, 3],
    ['20%', 10, 2],
    ['5%', 10, 1],
    ['100%', 10, 10],
    ['0', 10, undefined],
    ['0%', 10, undefined],
    ['101%', 10, undefined],
    ['-1', 10, undefined],
    ['1.5', 10, undefined],
    ['', 10, undefined],
    ['all', 10, undefined],
  ])('%s of %i', (text, workers, wanted) => expect(readMaxUnavailable(text, workers)).toBe(wanted))
})
