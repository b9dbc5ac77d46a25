import { goQuote } from '../../text/index.js'
import { several, textOf } from './drain-error.js'
import type { DrainEvent } from './drain-event.js'
import type { DryRun } from './drain-options.js'
import { inFull } from './drained-pod.js'

/** What kubectl writes for an event, to standard output and to standard error. */
export interface KubectlText {
  readonly out?: string
  readonly err?: string
}

/** Source: cli-runtime v0.36.3 pkg/printers/name.go, with the strategy of a dry run. */
const SUFFIX: Readonly<Record<DryRun, string>> = {
  none: '',
  client: ' (dry run)',
  server: ' (server dry run)',
}

/** Source: kubectl v0.36.3 pkg/cmd/drain/drain.go and pkg/drain/drain.go. */
export function kubectlText(event: DrainEvent): KubectlText {
  switch (event.type) {
    case 'cordoned':
    case 'uncordoned':
      return {
        out: `node/${event.node} ${event.already ? 'already ' : ''}${event.type}${SUFFIX[event.dryRun]}\n`,
      }
    case 'cordon-failed':
    case 'uncordon-failed': {
      const verb = event.type === 'cordon-failed' ? 'cordon' : 'uncordon'
      return { err: `error: unable to ${verb} node ${goQuote(event.node)}: ${textOf(event.error)}\n` }
    }
    case 'chosen':
      return event.warnings === '' ? {} : { err: `Warning: ${event.warnings}\n` }
    case 'would-evict':
      return { out: `evicting pod ${inFull(event.pod)} (dry run)\n` }
    case 'evicting':
      return {
        out: `evicting pod ${inFull(event.pod)}${event.dryRun === 'server' ? ' (server dry run)' : ''}\n`,
      }
    case 'retry':
      return { err: retryText(event) }
    case 'gone':
      return { out: `pod/${event.pod.name} ${event.how}\n` }
    case 'lost':
      return { out: `pod/${event.pod.name} ${event.how === 'evicted' ? 'eviction' : 'deletion'} failed\n` }
    case 'skipped':
      return {
        out: `pod ${goQuote(event.pod.name)} has DeletionTimestamp older than ${event.seconds} seconds, skipping\n`,
      }
    case 'pending':
      return { err: pendingText(event) }
    case 'drained':
      return { out: `node/${event.node} drained${SUFFIX[event.dryRun]}\n` }
    case 'not-drained':
      return {
        err: `error: unable to drain node ${goQuote(event.node)} due to error: ${textOf(event.error)}, continuing command...\n`,
      }
    default:
      return {}
  }
}

function retryText(event: Extract<DrainEvent, { type: 'retry' }>): string {
  const { name, namespace } = event.pod
  const tail = `(will retry after ${event.after / 1000}s): ${textOf(event.error)}\n`
  return event.because === 'too-many-requests'
    ? `error when evicting pods/${goQuote(name)} -n ${goQuote(namespace)} ${tail}`
    : `error when evicting pod ${goQuote(name)} from terminating namespace ${goQuote(namespace)} ${tail}`
}

function pendingText({ node, pods, error, errors }: Extract<DrainEvent, { type: 'pending' }>): string {
  let text = ''
  if (pods.length > 0) {
    text += `There are pending pods in node ${goQuote(node)} when an error occurred: ${textOf(error)}\n`
    text += pods.map(({ name }) => `pod/${name}\n`).join('')
  }
  if (errors.length > 0) {
    // No end of line there: kubectl writes none.
    text += `Following errors occurred while getting the list of pods to delete:\n${textOf(several(errors))}`
  }
  return text
}
