import type { DrainEvent } from './drain-event.js'
import { inFull, type PodName } from './drained-pod.js'

/** What a drain waits for: one sentence a pod, and a line about all of them. */
export class WaitingWords {
  private readonly waiting = new Map<string, { readonly why: string; readonly since: number }>()
  private total = 0
  private gone = 0

  /** Takes an event; gives a sentence when a pod begins to wait for something else than before. */
  take(event: DrainEvent, now: number): string | undefined {
    switch (event.type) {
      case 'chosen':
        this.waiting.clear()
        this.total = event.pods.length
        this.gone = 0
        return undefined
      case 'retry': {
        const cause = event.causes[0] ?? 'the server answers that it is busy'
        return this.wait(
          event.pod,
          event.because === 'too-many-requests'
            ? cause
            : 'its namespace is being deleted, and the pod is not yet',
          now,
        )
      }
      case 'asked-to-wait':
        return this.wait(
          event.pod,
          `${event.causes[0] ?? 'the server is busy'} The server wants ${event.after / 1000} s of patience`,
          now,
        )
      case 'ending':
        return this.wait(event.pod, endingWords(event, now), now)
      case 'gone':
      case 'lost':
      case 'skipped':
        this.gone += 1
        this.waiting.delete(inFull(event.pod))
        return undefined
      default:
        return undefined
    }
  }

  private wait(pod: PodName, why: string, now: number): string | undefined {
    const key = inFull(pod)
    if (this.waiting.get(key)?.why === why) return undefined
    this.waiting.set(key, { why, since: now })
    return `${key} waits: ${why}`
  }

  /** For a live view; empty where nothing is waited for. */
  line(now: number): string {
    const [first] = this.waiting
    if (first === undefined) return ''
    const [pod, { why, since }] = first
    const others = this.waiting.size - 1
    const more = others === 0 ? '' : `, and ${others} more`
    return `${this.gone} of ${this.total} pods gone; ${Math.round((now - since) / 1000)} s: ${pod} waits: ${why}${more}`
  }
}

function endingWords(event: Extract<DrainEvent, { type: 'ending' }>, now: number): string {
  const { due, finalizers } = event
  if (finalizers.length > 0) return `its finalizers must be removed: ${finalizers.join(', ')}`
  if (due === undefined) return 'it was not told to end'
  const left = Math.round((due - now) / 1000)
  return left >= 0 ? `it ends within ${left} s` : `it was to be gone ${-left} s ago; is its kubelet alive?`
}
