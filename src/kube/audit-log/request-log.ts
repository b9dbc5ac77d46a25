import { readAuditEvent } from './audit-event.js'

/** One form of request that was allowed. The names of objects are not kept. */
export interface UsedRequest {
  readonly verb: string
  /** Of a request for a path that is no resource; empty for all others, whose parts below it leaves empty. */
  readonly path: string
  readonly apiGroup: string
  readonly resource: string
  readonly subresource: string
  /** Empty for what has no namespace, and for lists over all of them. */
  readonly namespace: string
}

/** What one user asked for, and was allowed. */
export interface UserRequests {
  /** Every group that the user was in. */
  readonly groups: ReadonlySet<string>
  readonly requests: readonly UsedRequest[]
  /** Whether it acted as somebody else: what it asked for then is that one's. */
  readonly impersonates: boolean
}

/** What an audit log shows of who used which rights. */
export interface RequestLog {
  readonly users: ReadonlyMap<string, UserRequests>
  /** First and last time of any event, in seconds since 1970; both 0 where there is none. */
  readonly since: number
  readonly until: number
}

/** Collects events one by one, and keeps of each form of request one. */
export interface RequestLogBuilder {
  /** Takes an event; a sentence says why it cannot be taken. It never holds a part of the event. */
  add(event: unknown): string | undefined
  log(): RequestLog
}

/** So many requests that differ in more than the name are about 300 MB. */
const MOST_ENTRIES = 1_000_000

interface OpenRequests {
  readonly groups: Set<string>
  readonly requests: Map<string, UsedRequest>
  impersonates: boolean
}

/** A log without events. `mostEntries` bounds users, groups and different requests together. */
export function requestLogBuilder(mostEntries = MOST_ENTRIES): RequestLogBuilder {
  const users = new Map<string, OpenRequests>()
  let entries = 0
  let since = Number.POSITIVE_INFINITY
  let until = Number.NEGATIVE_INFINITY

  const userOf = (name: string): OpenRequests => {
    let user = users.get(name)
    if (user === undefined) {
      users.set(name, (user = { groups: new Set(), requests: new Map(), impersonates: false }))
      entries += 1
    }
    return user
  }

  return {
    add(event) {
      const read = readAuditEvent(event)
      if ('fault' in read) return read.fault
      since = Math.min(since, read.time)
      until = Math.max(until, read.time)
      if (read.impersonator !== undefined) userOf(read.impersonator).impersonates = true
      if (read.requests.length === 0) return undefined
      const user = userOf(read.user)
      const before = user.groups.size + user.requests.size
      for (const group of read.groups) user.groups.add(group)
      for (const request of read.requests) {
        const key = Object.values(request).join('\0')
        if (!user.requests.has(key)) user.requests.set(key, request)
      }
      entries += user.groups.size + user.requests.size - before
      return entries > mostEntries
        ? `more than ${mostEntries} different requests up to here: give a shorter time of log`
        : undefined
    },
    log: () => ({
      users: new Map(
        [...users].map(([name, { groups, requests, impersonates }]) => [
          name,
          { groups, requests: [...requests.values()], impersonates },
        ]),
      ),
      since: Number.isFinite(since) ? since : 0,
      until: Number.isFinite(until) ? until : 0,
    }),
  }
}
