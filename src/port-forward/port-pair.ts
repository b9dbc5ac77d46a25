import { RampartError } from '../model/index.js'

/** `LOCAL:REMOTE` as it was written; local is '' or '0' for a random port, remote a number or a name. */
export interface PortText {
  readonly local: string
  readonly remote: string
}

/** Numbers, after names have been looked up; local 0 is a random port. */
export interface PortPair {
  readonly local: number
  readonly remote: number
}

/** `5000`, `8888:5000`, `:5000`, `8443:https`. Source: kubectl v0.36.2 pkg/cmd/portforward, splitPort. */
export function splitPort(text: string): PortText {
  const parts = text.split(':')
  const [first = '', second] = parts
  if (parts.length > 2 || first + (second ?? '') === '')
    throw new RampartError('usage', `invalid port format '${text}'`)
  if (second === '')
    throw new RampartError('usage', `invalid port format '${text}': remote port cannot be empty`)
  return second === undefined ? { local: first, remote: first } : { local: first, remote: second }
}

/** Source: client-go v0.36.2 tools/portforward, parsePorts. */
export function portPair({ local, remote }: PortText): PortPair {
  const pair = { local: local === '' ? 0 : portNumber(local, 'local'), remote: portNumber(remote, 'remote') }
  if (pair.remote === 0) throw new RampartError('usage', 'remote port must be > 0')
  return pair
}

function portNumber(text: string, side: string): number {
  const number = Number(text)
  if (!/^\d{1,5}$/.test(text) || number > 65_535) {
    throw new RampartError('usage', `error parsing ${side} port '${text}': it is no number from 0 to 65535`)
  }
  return number
}
