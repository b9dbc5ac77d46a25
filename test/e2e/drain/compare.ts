import { isDeepStrictEqual } from 'node:util'
import type { JsonValue } from '../../../src/model/index.js'
import type { Played } from './play.js'
import type { Recorded } from './recording-proxy.js'

/** How two plays of one row differ: one line each; none where they are equal. */
export function differences(theirs: Played, ours: Played, onlyChanges: boolean): string[] {
  const found: string[] = []
  const compare = (what: string, wanted: unknown, given: unknown): void => {
    if (!isDeepStrictEqual(wanted, given))
      found.push(`${what}\n    kubectl ${JSON.stringify(wanted)}\n    rampart ${JSON.stringify(given)}`)
  }
  compare('exit', theirs.exit, ours.exit)
  compare('standard output', lines(theirs.out), lines(ours.out))
  compare('its first and last line', ends(theirs.out), ends(ours.out))
  compare('standard error', lines(theirs.err), lines(withoutOurs(ours.err)))
  compare('changes', changes(theirs.requests), changes(ours.requests))
  compare('changes in their order', ordered(theirs.requests), ordered(ours.requests))
  compare('what is there at the end', theirs.state, ours.state)
  if (onlyChanges) return found
  compare('reads', reads(theirs.requests), reads(ours.requests))
  compare('looks and changes, pod by pod', podByPod(theirs.requests), podByPod(ours.requests))
  compare('how often it looked', ...nearly(looks(theirs.requests), looks(ours.requests)))
  return found
}

/** The lines that kubectl has not, each with `rampart:` before it. */
export function withoutOurs(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('rampart: '))
    .join('\n')
}

/** In any order: pods are evicted at the same time, and kubectl lists messages in chance order. */
function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) =>
      line
        .replace(/^Warning: (.*)$/, (_all, rest: string) => `Warning: ${rest.split('; ').sort().join('; ')}`)
        .replace(
          /\[(.*)\]/,
          (_all, rest: string) =>
            `[${rest
              .split(/, (?=cannot|error)/)
              .sort()
              .join(', ')}]`,
        ),
    )
    .sort()
}

function ends(text: string): (string | undefined)[] {
  const all = text.trimEnd().split('\n')
  // Pods end in chance order; the node comes after all of them.
  const last = all.at(-1) ?? ''
  return [all[0], last.startsWith('node/') ? last : '']
}

function isRead({ method }: Recorded): boolean {
  return method === 'GET'
}

function changes(requests: readonly Recorded[]): string[] {
  return requests
    .filter((each) => !isRead(each))
    .map(inFull)
    .sort()
}

/** The kinds of changes as they came, equal neighbours once: nodes before pods, pods before the next node. */
function ordered(requests: readonly Recorded[]): string[] {
  const kinds = requests
    .filter((each) => !isRead(each))
    .map(({ method, path }) => `${method} ${path.replace(/\/pods\/[^/]+/, '/pods/POD')}`)
  return kinds.filter((each, index) => each !== kinds[index - 1])
}

const DISCOVERY = /^\/(?:api|apis|version|openapi\/.*|api\/v1|apis\/[^/]+(?:\/[^/]+)?)$/
const POD = /^\/api\/v1\/namespaces\/[^/]+\/pods\/([^/]+)(?:\/eviction)?$/

/** All but discovery, which kubectl keeps on disk, and looks at pods. */
function reads(requests: readonly Recorded[]): string[] {
  return requests
    .filter((each) => isRead(each) && !DISCOVERY.test(each.path) && !POD.test(each.path))
    .map(inFull)
    .sort()
}

/** For each pod its requests in order, repeated looks once. */
function podByPod(requests: readonly Recorded[]): Record<string, string[]> {
  const found: Record<string, string[]> = {}
  for (const { method, path } of requests) {
    const pod = POD.exec(path)?.[1]
    if (pod === undefined) continue
    const list = (found[pod] ??= [])
    if (list.at(-1) !== method) list.push(method)
  }
  return found
}

function looks(requests: readonly Recorded[]): number {
  return requests.filter((each) => isRead(each) && POD.test(each.path)).length
}

/** Two counts of looks that come once a second: how soon the other side acts is a matter of chance. */
function nearly(wanted: number, given: number): [number, number] {
  return Math.abs(wanted - given) <= 2 + wanted * 0.3 ? [0, 0] : [wanted, given]
}

function inFull({ method, path, query, body, type }: Recorded): string {
  // kubectl sends options of deletions in protobuf, which says the same.
  const format = method === 'DELETE' ? '' : `${type} `
  const what = body === '' ? '' : ` ${format}${canonical(body)}`
  const asked = query.replace(/continue=[^&]*/, 'continue=TOKEN')
  return `${method} ${path}${asked === '' ? '' : `?${asked}`}${what}`
}

/** A body as JSON with its keys in order; as it is where it is none. */
export function canonical(body: string): string {
  try {
    return JSON.stringify(sorted(JSON.parse(body) as JsonValue))
  } catch {
    return body
  }
}

function sorted(value: JsonValue | undefined): JsonValue {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value ?? null
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  )
}
