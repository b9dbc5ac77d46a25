/** Draws from a stream of numbers that is the same for the same seed. */
export class Draw {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A number from 0 to below 1 (mulberry32). */
  number(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  below(count: number): number {
    return Math.floor(this.number() * count)
  }

  chance(probability: number): boolean {
    return this.number() < probability
  }

  pick<T>(from: readonly T[]): T {
    if (from.length === 0) throw new Error('nothing to draw from')
    return from[this.below(from.length)] as T
  }

  /** Between `least` and `most` different ones. */
  some<T>(from: readonly T[], least: number, most: number): T[] {
    const left = [...from]
    const count = Math.min(left.length, least + this.below(most - least + 1))
    return Array.from({ length: count }, () => left.splice(this.below(left.length), 1)[0] as T)
  }

  shuffled<T>(from: readonly T[]): T[] {
    return this.some(from, from.length, from.length)
  }
}
