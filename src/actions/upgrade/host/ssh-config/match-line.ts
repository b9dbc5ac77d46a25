import { configFault, type ConfigPlace } from './config-fault.js'
import { nextWord } from './config-words.js'
import { matchesList } from './patterns.js'

/** What the criteria of a Match line are asked about. */
export interface MatchFacts {
  /** As the user called it. */
  readonly originalHost: string
  /** HostName as far as it is known by now, else as the user called it. */
  readonly host: string
  readonly user: string
  readonly localUser: string
  /** The second reading, which `final` asks for. */
  readonly final: boolean
}

export interface MatchVerdict {
  readonly matches: boolean
  /** Whether the line asks for a second reading. */
  readonly wantsFinal: boolean
}

/** They would run a command, or ask what only ssh itself knows; where nothing before them says no they cannot be judged. */
const NOT_JUDGED: ReadonlySet<string> = new Set([
  'exec',
  'localnetwork',
  'tagged',
  'command',
  'version',
  'sessiontype',
])

/** Judges a Match line. Source: openssh readconf.c, match_cfg_line. Throws for what is wrong or cannot be judged. */
export function judgeMatch(rest: string, facts: MatchFacts, at: ConfigPlace): MatchVerdict {
  let [matches, wantsFinal, count, left] = [true, false, 0, rest]
  for (;;) {
    const [word, after] = nextWord(left) ?? ['', '']
    if (word === '' || word.startsWith('#')) break
    left = after
    const negated = word.startsWith('!')
    const criterion = (negated ? word.slice(1) : word).toLowerCase()
    if (criterion === 'all') {
      const [more = ''] = nextWord(left) ?? []
      if (count > 1 || (more !== '' && !more.startsWith('#')))
        throw configFault(at, `\`${word}\` cannot be combined with other criteria of Match`)
      return { matches: matches && !negated, wantsFinal }
    }
    count += 1
    if (criterion === 'final' || criterion === 'canonical') {
      wantsFinal ||= criterion === 'final'
      if (facts.final === negated) matches = false
      continue
    }
    const [argument, next] = nextWord(left) ?? ['', '']
    if (argument === '' || argument.startsWith('#'))
      throw configFault(at, `Match ${criterion} needs something to compare with`)
    left = next
    if (NOT_JUDGED.has(criterion)) {
      if (!matches) continue
      throw configFault(
        at,
        `Match ${criterion} is not supported: whether it holds decides what is connected to. Give another file by --ssh-config FILE, or \`none\``,
      )
    }
    if (holds(criterion, argument, facts, at) === negated) matches = false
  }
  if (count === 0) throw configFault(at, 'Match needs criteria')
  return { matches, wantsFinal }
}

function holds(criterion: string, argument: string, facts: MatchFacts, at: ConfigPlace): boolean {
  switch (criterion) {
    case 'host':
      return matchesList(facts.host, argument, { anyCase: true })
    case 'originalhost':
      return matchesList(facts.originalHost, argument, { anyCase: true })
    case 'user':
      return matchesList(facts.user, argument)
    case 'localuser':
      return matchesList(facts.localUser, argument)
    default:
      throw configFault(at, `Match has no criterion \`${criterion}\``)
  }
}
