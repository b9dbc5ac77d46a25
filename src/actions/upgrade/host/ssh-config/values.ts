import { configFault, type ConfigPlace } from './config-fault.js'
import type { SingleKeyword } from './keywords.js'

const FLAG = ['yes', 'no', 'true', 'false']
/** Words that alone are values, where ssh knows a fixed set. */
const WORDS: Partial<Readonly<Record<SingleKeyword, readonly string[]>>> = {
  identitiesonly: FLAG,
  pubkeyauthentication: [...FLAG, 'unbound', 'host-bound'],
  stricthostkeychecking: [...FLAG, 'ask', 'off', 'accept-new'],
  canonicalizehostname: [...FLAG, 'always'],
  addressfamily: ['inet', 'inet6', 'any'],
}

/**
 * The value of a keyword that takes one, as it counts; undefined for one that sets nothing. Lines that do not apply are
 * checked too, as ssh does.
 */
export function checkValue(
  keyword: SingleKeyword,
  words: readonly string[],
  at: ConfigPlace,
): string | undefined {
  const [value = ''] = words
  if (value === '') throw configFault(at, `nothing stands behind \`${keyword}\``)
  if (words.length > 1) throw configFault(at, `\`${keyword}\` takes one value, and there are ${words.length}`)
  if (keyword === 'port') {
    // ssh takes names of services too; this is the one that is meant.
    if (value === 'ssh') return '22'
    if (portOf(value) === undefined) throw configFault(at, `\`${value}\` is no port`)
  }
  if (keyword === 'hostkeyalias') return value.toLowerCase()
  if (keyword === 'connecttimeout') {
    // `none` is the value that stands for none yet: a later one counts. Source: openssh readconf.c, parse_time.
    if (value === 'none') return undefined
    if (seconds(value) === undefined) throw configFault(at, `\`${value}\` is no time, as 30 or 1m30s`)
  }
  const words_ = WORDS[keyword]
  if (words_ !== undefined && !words_.includes(value.toLowerCase()))
    throw configFault(at, `\`${keyword}\` is one of ${words_.join(', ')}, not \`${value}\``)
  return value
}

/** From 1 to 65535. */
export function portOf(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return port >= 1 && port <= 65_535 ? port : undefined
}

const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }

/** `30`, `1m30s`, in any case. Source: openssh misc.c, convtime. */
export function seconds(text: string): number | undefined {
  if (!/^(?:\d{1,9}[smhdw]?)+$/i.test(text)) return undefined
  let sum = 0
  for (const [, count = '', unit = ''] of text.matchAll(/(\d+)([smhdw]?)/gi)) {
    sum += Number(count) * (UNITS[unit.toLowerCase()] ?? 0)
  }
  return sum <= 0x7fffffff ? sum : undefined
}

export function isYes(value: string | undefined): boolean {
  return /^(?:yes|true)$/i.test(value ?? '')
}

/** A host that is jumped over. */
export interface Jump {
  readonly user: string | undefined
  readonly host: string
  readonly port: number | undefined
}

const JUMP = /^(?:ssh:\/\/)?(?:([^\s@,]+)@)?(?:\[([0-9A-Fa-f:.]+)\]|([^\s:@,[\]]+))(?::(\d{1,5}))?\/?$/

/** The hosts of a ProxyJump, the first that is connected to first; empty for `none`. Undefined where it is none. */
export function jumpsOf(text: string): Jump[] | undefined {
  if (text.toLowerCase() === 'none') return []
  const jumps: Jump[] = []
  for (const part of text.split(',')) {
    const [, user, bracketed, name, portText] = JUMP.exec(part) ?? []
    const host = bracketed ?? name
    if (host === undefined) return undefined
    const port = portText === undefined ? undefined : portOf(portText)
    if (portText !== undefined && port === undefined) return undefined
    jumps.push({ user, host, port })
  }
  return jumps
}

export function isProxyJump(text: string): boolean {
  return jumpsOf(text) !== undefined
}
