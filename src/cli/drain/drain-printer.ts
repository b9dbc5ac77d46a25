import type {
  DrainError,
  DrainEvent,
  DrainForecast,
  DrainObserver,
  DrainOutcome,
} from '../../actions/drain/index.js'
import type { JsonValue } from '../../model/index.js'
import type { Terminal } from '../terminal.js'

type Drain = typeof import('../../actions/drain/index.js')

/** Everything that a drain says, in one of the forms. */
export interface DrainPrinter extends DrainObserver {
  forecast(forecast: DrainForecast): void
  /** What a forecast could not be made for. */
  noForecast(node: string, error: DrainError): void
  end(outcomes: readonly DrainOutcome[]): void
  /** Takes the live line away. */
  close(): void
}

/** How often the live line counts on. */
const EACH = 1000

/**
 * kubectl's lines; and unless exactly these are wanted, ours beside them on standard error, each with `rampart:` before
 * it: the forecast, and what is waited for, on a terminal also as one line that counts on.
 */
export function textPrinter(drain: Drain, terminal: Terminal, exact: boolean): DrainPrinter {
  const { forecastLines, kubectlText, lastWords, textOf, WaitingWords } = drain
  const words = new WaitingWords()
  const live = !exact && terminal.interactive
  const draw = (): void => terminal.progress(words.line(Date.now()))
  const timer = live ? setInterval(draw, EACH) : undefined
  const clear = (): void => {
    if (live) terminal.progress('')
  }
  const own = (text: string): void => {
    if (exact) return
    clear()
    terminal.err(`rampart: ${text}\n`)
  }
  return {
    event(event) {
      const { out = '', err = '' } = kubectlText(event)
      if (out !== '' || err !== '') clear()
      if (out !== '') terminal.out(out)
      if (err !== '') terminal.err(err)
      const sentence = words.take(event, Date.now())
      if (sentence !== undefined) own(sentence)
      if (live) draw()
    },
    forecast: (forecast) => forecastLines(forecast).forEach(own),
    noForecast: (node, error) =>
      own(`node/${node}: whether it can be drained is not known: ${textOf(error)}`),
    end(outcomes) {
      clear()
      const failed = outcomes.filter(({ kind }) => kind === 'refused' || kind === 'failed')
      const errors = outcomes.flatMap((each) =>
        each.kind === 'refused' || each.kind === 'failed' ? each.error : [],
      )
      if (failed.length > 0) {
        terminal.err('There are pending nodes to be drained:\n')
        terminal.err(failed.map(({ node }) => ` ${node}\n`).join(''))
        terminal.err(lastWords(errors))
      }
      for (const { kind, node } of outcomes) {
        if (kind === 'not-cordoned')
          terminal.err(
            `node/${node} is not drained: it could not be cordoned, and its pods could come back\n`,
          )
        if (kind === 'aborted')
          terminal.err(
            `node/${node} is not drained: stopped. It stays cordoned, and pods that were told to end do; ` +
              `\`rampart drain ${node}\` goes on, \`rampart uncordon ${node}\` puts it back into service\n`,
          )
      }
    },
    close() {
      clearInterval(timer)
      clear()
    },
  }
}

/** One JSON object a line on standard output: each event with its time, the forecast before and the outcomes last. */
export function jsonPrinter(drain: Drain, terminal: Terminal): DrainPrinter {
  const say = (value: object): void =>
    terminal.out(`${JSON.stringify({ time: new Date().toISOString(), ...value })}\n`)
  const inText = (value: object): Record<string, JsonValue> =>
    Object.fromEntries(
      Object.entries(value).map(([key, each]: [string, unknown]) => [
        key,
        key === 'error'
          ? drain.textOf(each as DrainError)
          : key === 'errors'
            ? (each as DrainError[]).map(drain.textOf)
            : (each as JsonValue),
      ]),
    )
  return {
    event: (event: DrainEvent) => say(inText(event)),
    forecast: (forecast) => say({ type: 'forecast', ...forecast }),
    noForecast: (node, error) =>
      say({ type: 'forecast', node, verdict: 'unknown', unknown: [drain.textOf(error)] }),
    end: (outcomes) => say({ type: 'end', nodes: outcomes.map(inText) }),
    close: () => undefined,
  }
}
