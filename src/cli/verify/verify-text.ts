import { visible } from '../../text/index.js'
import type { VerifyEntry, VerifyState } from '../../verify/index.js'

/** In the order in which they are told: what needs somebody first. */
const ORDER: readonly VerifyState[] = [
  'mismatch',
  'not-checked',
  'unknown-version',
  'no-reference',
  'unsigned',
  'time-not-proven',
  'checksum-only',
  'verified',
]

/**
 * The answers for people: worst first, one paragraph each, a line of counts last. `tooLittle`: how many would be good
 * enough, were no signature required.
 */
export function verifyText(
  entries: readonly VerifyEntry[],
  words: Readonly<Record<VerifyState, string>>,
  basis: { readonly trustRoot: string; readonly identity: string },
  tooLittle: number,
): string {
  const sorted = [...entries].sort((left, right) => ORDER.indexOf(left.state) - ORDER.indexOf(right.state))
  const paragraphs = sorted.map((entry) => paragraph(entry, words).map(visible).join('\n'))
  const counts = ORDER.flatMap((state) => {
    const count = entries.filter((entry) => entry.state === state).length
    return count === 0 ? [] : [`${count} ${words[state]}`]
  })
  const less =
    tooLittle === 0
      ? ''
      : `--require signature: ${tooLittle} of ${entries.length} ${tooLittle === 1 ? 'is' : 'are'} not verified by a signature\n`
  return `${paragraphs.join('\n\n')}\n\n${counts.join(', ')}\n${less}Trust root: ${visible(basis.trustRoot)}. Signer: ${visible(basis.identity)}\n`
}

function paragraph(entry: VerifyEntry, words: Readonly<Record<VerifyState, string>>): string[] {
  const { name, version, architecture, place, host, state, reason, command, processes = [], kind } = entry
  const said = [name, ...(kind === 'image' ? [] : [version, architecture])].filter(
    (part) => part !== undefined,
  )
  const at = host === undefined ? place : `${place} on ${host}`
  return [
    `${words[state]}: ${said.join(' ')} (${at})`,
    `  ${reason}`,
    ...(entry.provenVersion === undefined || entry.provenVersion === version
      ? []
      : [
          `  it says ${version ?? 'no version'} of itself, and its bytes are those of ${entry.provenVersion}`,
        ]),
    ...processes.map(({ pid, replaced }) =>
      replaced
        ? `  process ${pid} runs it, and its file was replaced or removed since: restart it to run what is on the disk`
        : `  process ${pid} runs it`,
    ),
    ...(command === undefined ? [] : [`  get it: ${command}`]),
  ]
}
