import { InvalidArgumentError, Option } from 'commander'
import { parseGoDuration } from '../text/index.js'

/** An option that takes a duration; its help shows the default as it would be written. */
export function timeOption(flags: string, description: string, standard: string): Option {
  return new Option(flags, description).argParser(duration).default(duration(standard), standard)
}

/** For options that take a duration as Go writes it (`30s`, `1h30m`, `0`): milliseconds. */
function duration(value: string): number {
  const nanoseconds = parseGoDuration(value)
  if (nanoseconds === undefined || nanoseconds < 0n) {
    throw new InvalidArgumentError('It must be a duration, as 30s, 10m or 1h30m; 0 for no limit.')
  }
  return Number(nanoseconds / 1_000_000n)
}

/** `30 minutes`, `90 seconds`: for messages. */
export function inWords(milliseconds: number): string {
  const units: readonly [number, string][] = [
    [3_600_000, 'hour'],
    [60_000, 'minute'],
    [1000, 'second'],
  ]
  for (const [size, unit] of units) {
    const count = milliseconds / size
    if (milliseconds >= size && Number.isInteger(count)) return `${count} ${unit}${count === 1 ? '' : 's'}`
  }
  return `${milliseconds / 1000} seconds`
}
