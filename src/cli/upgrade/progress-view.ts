import type { UpgradeEvent, UpgradeObserver } from '../../actions/upgrade/index.js'
import type { Terminal } from '../terminal.js'

/** Between two lines about the same wait where there is no terminal, in milliseconds. */
const SAY_AGAIN = 60_000

/** Shows an upgrade while it runs. */
export interface ProgressView extends UpgradeObserver {
  /** Takes the live line away. */
  end(): void
}

/** Events as lines of JSON. */
export function jsonView(terminal: Terminal): ProgressView {
  return {
    event: (event) => terminal.out(`${JSON.stringify(event)}\n`),
    end: () => undefined,
  }
}

/**
 * One line for each thing that happened, and on a terminal below them a line that lives: how far, what is waited for, how
 * long already.
 */
export function textView(terminal: Terminal, now: () => number = Date.now): ProgressView {
  const began = now()
  const waits = new Map<string, { node: string; title: string; for: string; since: number; said: number }>()
  let far = ''
  const draw = (): void => {
    if (!terminal.interactive) return
    const [first] = waits.values()
    const others = waits.size > 1 ? ` (and ${waits.size - 1} more)` : ''
    const what =
      first === undefined
        ? ''
        : ` · ${first.title}: ${elapsed(now() - first.since)}, waits for ${first.for}${others}`
    terminal.progress(clip(`${elapsed(now() - began)}${far}${what}`, terminal.width - 1))
  }
  const line = (text: string): void => {
    terminal.progress('')
    terminal.out(`${text}\n`)
    draw()
  }
  const timer = terminal.interactive ? setInterval(draw, 1000) : undefined
  timer?.unref()
  return {
    event(event) {
      const clock = event.at.slice(11, 19)
      if (event.type === 'progress') {
        far = ` · ${event.done} of ${event.steps} steps, ${event.nodesDone} of ${event.nodes} nodes${leftText(event.secondsLeft)}`
        draw()
      } else if (event.type === 'note') line(`${clock} ${event.text}`)
      else if (event.type === 'step') stepEvent(event, clock)
      else {
        const wait = waits.get(event.step)
        const said = wait?.said ?? -Infinity
        const news = wait?.for !== event.for
        const say = !terminal.interactive && (news || now() - said > SAY_AGAIN) && now() - said > 1000
        waits.set(event.step, {
          node: event.node,
          title: event.title,
          for: event.for,
          since: wait?.since ?? now(),
          said: say ? now() : said,
        })
        if (say) line(`${clock}   waits for ${event.for}`)
        draw()
      }
    },
    end() {
      clearInterval(timer)
      terminal.progress('')
    },
  }

  function stepEvent(event: Extract<UpgradeEvent, { type: 'step' }>, clock: string): void {
    const { kind, step = '', title = step, reason } = event
    if (kind === 'acting') {
      waits.set(step, { node: event.node ?? '', title, for: 'its end', since: now(), said: -Infinity })
      line(`${clock} ${title} ...`)
    } else if (kind === 'checked' || kind === 'skipped') {
      const took = waits.get(step)
      waits.delete(step)
      line(
        `${clock} ${title}: ${kind === 'skipped' ? 'it is so already' : `done${took === undefined ? '' : ` in ${elapsed(now() - took.since)}`}`}`,
      )
    } else if (kind === 'failed') {
      waits.delete(step)
      line(`${clock} ${title}: FAILED: ${reason ?? ''}`)
    } else if (kind === 'undone') line(`${clock} put back: ${title}`)
    else if (kind === 'undo-failed') line(`${clock} stays: ${title}: ${reason ?? ''}`)
  }
}

/** `42 s`, `3 min 5 s`, `2 h 10 min`. */
export function elapsed(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

function leftText(seconds: number | undefined): string {
  return seconds === undefined || seconds === 0 ? '' : `, about ${elapsed(seconds * 1000)} left`
}

function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`
}
