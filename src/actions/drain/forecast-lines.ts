import { inFull } from './drained-pod.js'
import type { DrainForecast, ForecastBudget, ForecastPod } from './plan-forecast.js'

/** A forecast in lines for people; the first one is the answer. */
export function forecastLines(forecast: DrainForecast): string[] {
  const { node, pods, stays, refusals, budgets, unknown } = forecast
  return [
    `node/${node} ${ANSWER[forecast.verdict]}`,
    `  ${count(pods.length, 'pod')} to go, ${stays.length} to stay`,
    ...refusals.map((each) => `  refused: ${each}`),
    ...pods.flatMap((pod) => trouble(pod).map((line) => `  ${inFull(pod)} ${line}`)),
    ...budgets.map((budget) => `  budget ${budgetLine(budget)}`),
    ...unknown.map((each) => `  not known: ${each}`),
    ...graceLines(forecast),
  ]
}

const ANSWER: Readonly<Record<DrainForecast['verdict'], string>> = {
  can: 'can be drained now',
  waits: 'can be drained, but has to wait until other pods are healthy elsewhere',
  cannot: 'cannot be drained as things are',
  unknown: 'may be drained: not everything that decides it is known',
}

function trouble(pod: ForecastPod): string[] {
  const lines: string[] = []
  const budget = pod.budgets.length === 1 ? `budget ${pod.budgets[0] ?? ''}: ` : ''
  if (pod.eviction === 'never') lines.push(`never goes: ${budget}${pod.because}`)
  if (pod.eviction === 'refused') lines.push(`cannot be evicted: ${pod.because}`)
  if (pod.eviction === 'held') lines.push(`waits: ${budget}${pod.because}`)
  if (pod.eviction === 'unknown') lines.push(`is not known to go: ${budget}${pod.because}`)
  if (pod.finalizers.length > 0)
    lines.push(`ends only when its finalizers are removed: ${pod.finalizers.join(', ')}`)
  if (pod.unmanaged && pod.because !== 'it is Succeeded' && pod.because !== 'it is Failed')
    lines.push('is lost: nothing makes it again')
  if (pod.losesData) lines.push('loses what is in its emptyDir volumes')
  if (pod.due !== undefined) lines.push(`is being deleted, and due to be gone at ${pod.due}`)
  return lines
}

function budgetLine(budget: ForecastBudget): string {
  const { rule, healthy, wanted, allowed, pods, freesUnhealthy } = budget
  const state =
    healthy === undefined
      ? 'no status yet'
      : `${healthy} healthy, ${wanted ?? 0} wanted, lets ${Math.max(0, allowed ?? 0)} go now`
  const turns = (allowed ?? 0) > 0 && pods.length > (allowed ?? 0) ? ', a few at a time' : ''
  const unready = freesUnhealthy ? '; pods that are not ready go freely' : ''
  return `${inFull(budget)} (${rule === '' ? 'no rule' : rule}): ${state}${unready}; ${count(pods.length, 'pod')} here${turns}`
}

function graceLines({ pods, longestGrace }: DrainForecast): string[] {
  if (pods.length === 0) return []
  const slow = pods.filter(({ grace }) => grace === longestGrace)
  const names = slow.slice(0, 3).map(inFull).join(', ')
  const more = slow.length > 3 ? ` and ${slow.length - 3} more` : ''
  return [`  a pod gets at most ${longestGrace} s to end: ${names}${more}`]
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`
}
