import { visible } from '../../text/index.js'
import type { CertificateEntry } from '../../certificates/index.js'
import { table } from '../table.js'

const DAY = 86_400

/** The inventory for people: one line a certificate, and under it who uses it, who accepts it, and what is wrong. */
export function certsText(entries: readonly CertificateEntry[], now: number): string {
  const bySource = new Map<string, CertificateEntry[]>()
  for (const entry of entries) bySource.set(entry.source, [...(bySource.get(entry.source) ?? []), entry])
  const parts = [...bySource].map(([source, list]) => {
    const [head = '', ...rows] = table(
      ['LEFT', 'ENDS', 'USE', 'SUBJECT', 'PLACE'],
      list.map((entry) => row(entry, now)),
    )
      .trimEnd()
      .split('\n')
    const lines = rows.flatMap((line, index) => [line, ...details(list[index])])
    const title = source === '' ? [] : [`On ${visible(source)}:`]
    return [...title, head, ...lines].join('\n')
  })
  return `${parts.join('\n\n')}\n\n${counts(entries)}\n`
}

function row(entry: CertificateEntry, now: number): string[] {
  const { notAfter, facts, place, line } = entry
  return [
    notAfter === undefined ? '-' : left(notAfter - now),
    notAfter === undefined ? '-' : new Date(notAfter * 1000).toISOString().slice(0, 10),
    useOf(entry),
    visible(facts?.subject === '' ? (facts.names[0] ?? '-') : (facts?.subject ?? '-')),
    visible(line === undefined || line === 1 ? place : `${place}:${line}`),
  ]
}

function left(seconds: number): string {
  if (seconds < 0) return 'ended'
  return seconds >= 2 * DAY ? `${Math.floor(seconds / DAY)}d` : `${Math.floor(seconds / 3600)}h`
}

const USES: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.3.1': 'server',
  '1.3.6.1.5.5.7.3.2': 'client',
  '2.5.29.37.0': 'any',
}

/** What a certificate is for, in one word or two. */
export function useOf({ kind, facts }: CertificateEntry): string {
  if (kind === 'authority' || kind === 'request' || kind === 'secret') return kind
  if (facts?.uses === undefined) return 'any'
  return facts.uses.map((use) => (Object.hasOwn(USES, use) ? (USES[use] ?? use) : use)).join('+')
}

function details(entry: CertificateEntry | undefined): string[] {
  if (entry === undefined) return []
  const { usedBy, chain, key, faults, facts, kind } = entry
  const parts = [
    ...usedBy.map(({ by, as }) => `used by ${by}: ${as}`),
    ...(chain.kind === 'fits' ? [`accepted: ${chain.against}`] : []),
    ...(key === undefined ? [] : [`key ${key.path}${key.fits === undefined ? ' could not be read' : ''}`]),
    ...(facts !== undefined && kind === 'certificate' && facts.names.length > 0
      ? [
          `names ${facts.names.slice(0, 6).join(', ')}${facts.names.length > 6 ? ` and ${facts.names.length - 6} more` : ''}`,
        ]
      : []),
  ]
  return [
    ...parts.map((part) => `        ${visible(part)}`),
    ...faults.map(({ message }) => `        FAULT: ${visible(message)}`),
  ]
}

function counts(entries: readonly CertificateEntry[]): string {
  const faulty = entries.filter(({ faults }) => faults.length > 0).length
  const next = entries
    .filter(({ notAfter, faults }) => notAfter !== undefined && !faults.some(({ kind }) => kind === 'ended'))
    .sort((one, other) => (one.notAfter ?? 0) - (other.notAfter ?? 0))[0]
  const first =
    next?.notAfter === undefined
      ? ''
      : `; the next to end: ${visible(next.place)}, ${new Date(next.notAfter * 1000).toISOString().slice(0, 10)}`
  return `${entries.length} certificates, ${faulty} with faults${first}`
}
