import type { BenchmarkResult, ControlState } from '../../model/index.js'

/** The state of a control in words; also the order of totals. */
export const STATE_NAMES: Readonly<Record<ControlState, string>> = {
  pass: 'pass',
  fail: 'fail',
  accepted: 'accepted',
  unknown: 'unknown',
  notApplicable: 'not applicable',
}

/** `130 controls: 40 pass, 12 fail, 70 unknown, 8 not applicable`; `accepted` where there are any. */
export function totalsLine({ controls, counts }: BenchmarkResult): string {
  const parts = (Object.keys(STATE_NAMES) as ControlState[])
    .filter((state) => state !== 'accepted' || counts.accepted > 0)
    .map((state) => `${counts[state]} ${STATE_NAMES[state]}`)
  return `${controls.length} controls: ${parts.join(', ')}`
}
