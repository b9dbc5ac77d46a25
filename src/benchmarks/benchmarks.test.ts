import { describe, expect, it } from 'vitest'
import { checks } from '../checks/index.js'
import { sectionOf } from './benchmark.js'
import { benchmarks } from './benchmarks.js'
import { checksByControl } from './checks-of-control.js'

describe.each(benchmarks.map((benchmark) => [benchmark.id, benchmark] as const))('%s', (_, benchmark) => {
  const byControl = checksByControl(benchmark, checks)

  it('judges every control, or says why only a person can', () => {
    const open = benchmark.controls.filter(
      ({ number, byHand }) => (byControl.get(number) ?? []).length === 0 && byHand === undefined,
    )
    expect(open.map(({ number }) => number)).toEqual([])
  })

  it('says of no control that a check judges that only a person can', () => {
    const both = benchmark.controls.filter(
      ({ number, byHand }) => (byControl.get(number) ?? []).length > 0 && byHand !== undefined,
    )
    expect(both.map(({ number }) => number)).toEqual([])
  })

  it('knows each number once, and its section', () => {
    const numbers = benchmark.controls.map(({ number }) => number)
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(benchmark.controls.filter((control) => sectionOf(benchmark, control) === '')).toEqual([])
  })

  it('names checks that there are', () => {
    const named = benchmark.controls.flatMap((control) => control.checks ?? [])
    const unknown = named.filter((name) =>
      name.endsWith('*')
        ? !checks.some(({ id }) => id.startsWith(name.slice(0, -1)))
        : !checks.some(({ id }) => id === name),
    )
    expect(unknown).toEqual([])
  })

  it('has every number that a check refers to', () => {
    const { reference } = benchmark
    if (reference === undefined) return
    const numbers = new Set(benchmark.controls.map(({ number }) => number))
    const referred = checks.flatMap(({ references }) =>
      references.filter((text) => text.startsWith(reference)).map((text) => text.slice(reference.length)),
    )
    expect([...new Set(referred)].filter((number) => !numbers.has(number))).toEqual([])
  })
})
