import type { AnyCheck } from '../checks/index.js'
import { targetText, type BaselineUse, type Estate, type Finding, type Target } from '../model/index.js'
import type { Baseline, KnownPlaces } from './baseline.js'

export interface Looked {
  readonly estate: Estate
  /** The checks that were asked, by id. */
  readonly asked: ReadonlyMap<string, AnyCheck>
  readonly targetsOf: (check: AnyCheck) => readonly Target[]
  /** Set when not every target was judged. */
  readonly judges?: ((target: Target) => boolean) | undefined
  readonly unknowns: readonly Finding[]
}

/**
 * What a baseline left out, and what of it is gone. Gone needs evidence: its check was asked, its question has an answer,
 * and its target was judged, or everything that was read then was read again and the target is not in it.
 */
export function baselineUse(places: KnownPlaces, file: string, known: number, looked: Looked): BaselineUse {
  const open = new Set(looked.unknowns.map(({ check, target }) => questionOf(check, targetText(target))))
  const again = places.baseline !== undefined && readsAgain(places.baseline, looked.estate)
  const targets = new Map<string, ReadonlySet<string>>()
  const isJudged = (check: AnyCheck, target: string): boolean => {
    let names = targets.get(check.id)
    if (names === undefined) {
      names = new Set(looked.targetsOf(check).map(targetText))
      targets.set(check.id, names)
    }
    return names.has(target)
  }
  const missing = places.missing()
  const gone = missing.filter(({ check, target }) => {
    const asked = looked.asked.get(check)
    if (asked === undefined) return false
    if (open.has(questionOf(check, target)) || open.has(questionOf(check, targetText({ kind: 'estate' }))))
      return false
    return isJudged(asked, target) || (again && looked.judges === undefined)
  })
  return { file, known, gone, notLookedAt: missing.length - gone.length }
}

function questionOf(check: string, target: string): string {
  return `${check}\0${target}`
}

function readsAgain({ inputs }: Baseline, { sources }: Estate): boolean {
  return inputs.every(({ kind, name }) =>
    sources.some((source) => source.kind === kind && source.name === name),
  )
}
