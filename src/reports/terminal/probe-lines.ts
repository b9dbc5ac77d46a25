import type { ProbeReport, ProbeState } from '../../model/index.js'
import { probeName, STATE_WORDS, tlsSentences } from '../probe-words.js'
import { visible } from '../../text/index.js'
import type { Palette } from './palette.js'
import { wrap } from './wrap.js'

/** Every address with its verdict, what it shows of itself, and each answer: the closed doors, too. */
export function probeLines(probes: readonly ProbeReport[], width: number, palette: Palette): string[] {
  if (probes.length === 0) return []
  const paint = (state: ProbeState, text: string): string =>
    state === 'open'
      ? palette.removed(text)
      : state === 'closed'
        ? palette.added(text)
        : palette.warning(text)
  return [
    palette.heading('Probed'),
    ...probes.flatMap((probe) => [
      `  ${palette.strong(visible(probeName(probe)))}  ${paint(probe.state, STATE_WORDS[probe.state])}`,
      ...wrap(visible(probe.verdict), width, '    ').map(palette.strong),
      ...(probe.tls === undefined ? [] : tlsSentences(probe.tls)).flatMap((sentence) =>
        wrap(visible(sentence), width, '    '),
      ),
      ...probe.attempts.flatMap(({ ask, answer, state, meaning }) => [
        ...wrap(visible(ask), width, '    '),
        ...wrap(visible(`${answer} (${meaning})`), width, '      ').map((line) => paint(state, line)),
      ]),
      '',
    ]),
  ]
}
