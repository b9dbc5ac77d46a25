import { formatRef, type ExceptionScope, type ObjectRef } from '../model/index.js'

/** What an exception covers, in words: `namespace monitoring, kind DaemonSet`; `everything` where it says nothing. */
export function scopeText(scope: ExceptionScope, object?: ObjectRef): string {
  const parts = object === undefined ? [] : [formatRef(object)]
  for (const [name, value] of Object.entries(scope)) {
    if (Array.isArray(value)) parts.push(`${name} ${(value as readonly string[]).join(' or ')}`)
    else {
      const lists = Object.entries(value as Readonly<Record<string, readonly string[]>>)
      parts.push(`rule ${lists.map(([list, members]) => `${list} ${members.join(', ')}`).join('; ')}`)
    }
  }
  return parts.length === 0 ? 'everything' : parts.join(', ')
}

/** Whether the last day of an exception is over at a time in seconds since 1970. Days are those of UTC. */
export function isOver(until: string, now: number): boolean {
  return new Date(now * 1000).toISOString().slice(0, 10) > until
}
