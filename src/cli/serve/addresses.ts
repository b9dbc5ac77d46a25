import { RampartError } from '../../model/index.js'

export interface ListenAddress {
  readonly host: string
  readonly port: number
}

/** `HOST:PORT`, an IPv6 address in brackets. */
export function addressOf(text: string, option: string): ListenAddress {
  const found = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text)
  const port = Number(found?.[3])
  if (found === null || port > 65_535)
    throw new RampartError('usage', `${option} is HOST:PORT, as 127.0.0.1:8443 or [::1]:8443`)
  return { host: found[1] ?? found[2] ?? '', port }
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
}

/** A whole number from 1 on. */
export function positive(text: string, option: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1)
    throw new RampartError('usage', `${option} is a whole number from 1 on`)
  return number
}
