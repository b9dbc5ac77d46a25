import type { UpgradeOutcome, UpgradeReport } from '../../actions/upgrade/index.js'
import { elapsed } from './progress-view.js'

/** The report for people: what was done when, node by node. */
export function reportText(report: UpgradeReport): string {
  const { run, cluster, from, to, began, ended, outcome, nodes, steps } = report
  const done = steps.filter(({ state }) => state === 'checked' || state === 'skipped').length
  const lines = [
    `${cluster}: ${from} to ${to} (${run})`,
    `${outcome === 'open' ? 'not finished' : outcome}; ${done} of ${steps.length} steps; began ${began}${ended === undefined ? '' : `, ended ${ended}, took ${elapsed(Date.parse(ended) - Date.parse(began))}`}`,
  ]
  for (const { node, minor, began: from_, ended: until, seconds } of nodes) {
    const span =
      until === undefined ? `since ${from_}, not done` : `${from_} to ${until}, ${elapsed(seconds * 1000)}`
    lines.push(`  ${node} (${minor}): ${span}`)
  }
  for (const { title, state, reason, times } of steps) {
    if (state === 'failed' || state === 'left')
      lines.push(`  ${state}: ${title}${reason === undefined ? '' : `: ${reason}`}`)
    else if (times > 1) lines.push(`  begun ${times} times: ${title}`)
  }
  return `${lines.join('\n')}\n`
}

/** How a process's work on an upgrade ended, and what to do. */
export function outcomeText(outcome: UpgradeOutcome, run: string): string {
  switch (outcome.kind) {
    case 'done':
      return 'The upgrade is done.\n'
    case 'paused':
      return `The upgrade ${run} is paused. Go on: rampart upgrade resume\n`
    case 'stopped':
      return [
        `The upgrade ${run} stopped at ${outcome.step}: ${outcome.reason}`,
        ...outcome.nodes.map((node) => `  ${node}`),
        'Mend that and go on: rampart upgrade apply. Or give it up: rampart upgrade abort',
        '',
      ].join('\n')
    case 'put-back':
      return outcome.left.length === 0
        ? `The upgrade ${run} is given up; everything that it had changed is put back.\n`
        : [
            `The upgrade ${run} is given up. It stays:`,
            ...outcome.left.map(({ step, reason }) => `  ${step}: ${reason}`),
            '',
          ].join('\n')
  }
}
