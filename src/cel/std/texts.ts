import { memberOverload, globalOverload, type CelFunction } from '../functions.js'
import { BOOL, DURATION, INT, STRING, TIMESTAMP } from '../types.js'
import { CelError, type CelDuration, type CelResult, type CelTimestamp } from '../values.js'
import { timestampPart, type TimestampPart } from './time.js'

/** Whether a text matches a pattern of RE2; an error text for a pattern that is none. */
export type MatchPattern = (text: string, pattern: string) => boolean | { readonly error: string }

/** Functions on texts and times of the language itself. Source: cel-go common/stdlib/standard.go. */
export function textFunctions(match: MatchPattern): readonly CelFunction[] {
  const matches = (text: unknown, pattern: unknown): CelResult => {
    const result = match(text as string, pattern as string)
    return typeof result === 'boolean' ? result : new CelError(result.error)
  }
  const test = (name: string, word: string, holds: (text: string, part: string) => boolean): CelFunction => ({
    name,
    overloads: [memberOverload(word, [STRING, STRING], BOOL, (a, b) => holds(a as string, b as string))],
  })
  return [
    test('contains', 'contains_string', (text, part) => text.includes(part)),
    test('startsWith', 'starts_with_string', (text, part) => text.startsWith(part)),
    test('endsWith', 'ends_with_string', (text, part) => text.endsWith(part)),
    {
      name: 'matches',
      overloads: [
        globalOverload('matches', [STRING, STRING], BOOL, matches),
        memberOverload('matches_string', [STRING, STRING], BOOL, matches),
      ],
    },
    ...PARTS.map(timePart),
  ]
}

const PARTS: readonly TimestampPart[] = [
  'getFullYear',
  'getMonth',
  'getDayOfYear',
  'getDayOfMonth',
  'getDate',
  'getDayOfWeek',
  'getHours',
  'getMinutes',
  'getSeconds',
  'getMilliseconds',
]
const NANOS_IN: Partial<Record<TimestampPart, bigint>> = {
  getHours: 3_600_000_000_000n,
  getMinutes: 60_000_000_000n,
  getSeconds: 1_000_000_000n,
  getMilliseconds: 1_000_000n,
}

function timePart(part: TimestampPart): CelFunction {
  const unit = NANOS_IN[part]
  return {
    name: part,
    overloads: [
      memberOverload(`timestamp_${part}`, [TIMESTAMP], INT, (time) =>
        timestampPart(time as CelTimestamp, part, 'UTC'),
      ),
      memberOverload(`timestamp_${part}_with_tz`, [TIMESTAMP, STRING], INT, (time, zone) =>
        timestampPart(time as CelTimestamp, part, zone as string),
      ),
      ...(unit === undefined
        ? []
        : [
            memberOverload(`duration_${part}`, [DURATION], INT, (span) => (span as CelDuration).nanos / unit),
          ]),
    ],
  }
}
