import type { AbacAuthorizer } from '../abac/index.js'
import type { ChainConfig } from '../config/index.js'
import type { Access } from '../create-authorizer.js'

/** One of two states, with the chain that decides in it. */
export interface ComparedState {
  readonly access: Access
  readonly chain: ChainConfig
}

/** What differs between two states and may give or take access that is not RBAC's, in words. */
export function notCompared(before: ComparedState, after: ComparedState): string[] {
  return [
    ...changedChain(before.chain, after.chain),
    ...withoutRbac(before, after),
    ...changedLines(before, after),
  ]
}

function changedChain(before: ChainConfig, after: ChainConfig): string[] {
  const names = ({ authorizers }: ChainConfig): string => authorizers.map(({ name }) => name).join(', ')
  if (names(before) !== names(after)) {
    return [
      `the chain was ${names(before)} and is ${names(after)}: what that gives and takes is not compared`,
    ]
  }
  // Where something stands says nothing of what it does.
  const text = ({ authorizers }: ChainConfig): string =>
    JSON.stringify(authorizers, (key, value: unknown) => (/place/i.test(key) ? undefined : value))
  if (text(before) === text(after)) return []
  return ['how the chain asks its webhooks has changed: what that gives and takes is not compared']
}

function withoutRbac(before: ComparedState, after: ComparedState): string[] {
  if (before.access.rbac !== undefined && after.access.rbac !== undefined) return []
  return ['rights of RBAC are not compared, since a chain without RBAC does not heed them']
}

/** Lines of ABAC by what they say; on which line they stand is no difference. */
function changedLines(before: ComparedState, after: ComparedState): string[] {
  const [old, now] = [linesOf(before), linesOf(after)]
  const beyond = (some: Map<string, string>, others: Map<string, string>): string[] =>
    [...some].filter(([line]) => !others.has(line)).map(([, place]) => place)
  const told = (what: string, places: string[]): string[] =>
    places.length === 0
      ? []
      : [
          `${what}: ${places.slice(0, 5).join(', ')}${places.length > 5 ? ` and ${places.length - 5} more` : ''}`,
        ]
  const parts = [...told('new', beyond(now, old)), ...told('gone', beyond(old, now))]
  return parts.length === 0
    ? []
    : [`lines of ABAC have changed (${parts.join('; ')}): what they give and take is not compared`]
}

function linesOf({ access }: ComparedState): Map<string, string> {
  return new Map(
    access.chain.members
      .filter((member): member is AbacAuthorizer => member.type === 'ABAC')
      .flatMap(({ file }) =>
        file.policies.map(({ line, ...policy }) => [JSON.stringify(policy), `${file.name}:${line}`] as const),
      ),
  )
}
