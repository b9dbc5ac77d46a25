/** One row a case: printed as it is found, counted at the end. */
export class Rows {
  #all = 0
  #failed = 0
  #group = ''

  constructor(private readonly say: (text: string) => void) {}

  group(name: string): void {
    this.#group = name
  }

  /** `detail` is told where it does not hold: what a program said. */
  row(what: string, holds: boolean, detail = ''): void {
    this.#all += 1
    if (!holds) this.#failed += 1
    const more = holds || detail.trim() === '' ? '' : `\n      ${detail.trim().replaceAll('\n', '\n      ')}`
    this.say(`${holds ? 'ok  ' : 'FAIL'}  ${this.#group}: ${what}${more}\n`)
  }

  note(what: string): void {
    this.say(`note  ${this.#group}: ${what}\n`)
  }

  get failed(): number {
    return this.#failed
  }

  get words(): string {
    return `systemd: ${this.#all - this.#failed} of ${this.#all} rows as expected`
  }
}
