import { SINK, SOURCE } from './manifests.js'
import { startForwarder, talk } from './forwarder.js'

const ROUNDS = 3
const MEGABYTE = 1_000_000

export interface Rate {
  readonly name: string
  /** MB/s, the best of some rounds. */
  readonly down: number
  readonly up: number
}

/** Moves the same bytes through each, in turn, so that what else the machine does meets all of them. */
export async function measure(rampart: readonly string[], kubectl: readonly string[]): Promise<Rate[]> {
  const ports = [`:${SOURCE.port}`, `:${SINK.port}`]
  const candidates = [
    { name: 'rampart (websocket)', command: [...rampart, 'pod/alone', ...ports, '--transport', 'websocket'] },
    { name: 'rampart (spdy)', command: [...rampart, 'pod/alone', ...ports, '--transport', 'spdy'] },
    { name: 'kubectl', command: [...kubectl, 'pod/alone', ...ports] },
  ]
  const best = new Map(candidates.map(({ name }) => [name, { name, down: 0, up: 0 }]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const { name, command } of candidates) {
      const forwarder = await startForwarder(command, 2)
      const rate = best.get(name)!
      const down = await talk(forwarder.ports.get(SOURCE.port) ?? 0, 0)
      if (down.bytes !== SOURCE.bytes)
        throw new Error(`${name}: ${down.bytes} bytes came: ${forwarder.err()}`)
      rate.down = Math.max(rate.down, down.bytes / down.seconds / MEGABYTE)
      const up = await talk(forwarder.ports.get(SINK.port) ?? 0, SINK.bytes)
      if (up.text.trim() !== String(SINK.bytes))
        throw new Error(`${name}: ${up.text} bytes went: ${forwarder.err()}`)
      rate.up = Math.max(rate.up, SINK.bytes / up.seconds / MEGABYTE)
      await forwarder.stop()
    }
  }
  return [...best.values()]
}
