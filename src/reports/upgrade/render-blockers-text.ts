import { visible } from '../../text/index.js'
import { BLOCKER_LEVELS, subjectText, type Blocker } from '../../upgrade/index.js'

const WORDS = { blocks: 'BLOCKS', warns: 'warns', unknown: 'unknown' } as const

/** What is in the way, worst first, each with its fix; the last line counts. */
export function renderBlockersText(blockers: readonly Blocker[]): string {
  const lines = blockers.flatMap((blocker) => [
    `${WORDS[blocker.level].padEnd(8)}${blocker.minor === undefined ? '' : `${blocker.minor}  `}${subjectText(blocker)}  [${blocker.check}]`,
    `  ${blocker.message}`,
    ...(blocker.evidence === undefined ? [] : [`  seen  ${blocker.evidence}`]),
    `  fix   ${blocker.fix}`,
    '',
  ])
  return `${[...lines, blockersLine(blockers)].map((line) => visible(line)).join('\n')}\n`
}

/** `2 block, 1 warns, 0 unknown`. */
export function blockersLine(blockers: readonly Blocker[]): string {
  const words = { blocks: 'block', warns: 'warn', unknown: 'unknown' } as const
  return BLOCKER_LEVELS.map(
    (level) => `${blockers.filter((each) => each.level === level).length} ${words[level]}`,
  ).join(', ')
}
