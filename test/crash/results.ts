/** What became of one run that was killed, once or several times. */
export interface Result {
  readonly name: string
  /** Whether the attempts died where they should. */
  readonly killed: boolean
  /** How the run ended: `done`, `rolled-back`. */
  readonly end: string
  readonly faults: readonly string[]
}

/** Prints what was lost, and the line that counts. Gives the exit code. */
export function tellResults(what: string, results: readonly Result[]): number {
  const count = (test: (result: Result) => boolean): number => results.filter(test).length
  const lost = results.filter(({ faults }) => faults.length > 0)
  for (const { name, faults } of lost)
    process.stdout.write(`${name}:\n${faults.map((fault) => `  ${fault}\n`).join('')}`)
  const killed = count(({ killed: was }) => was)
  const [finished, back] = [count(({ end }) => end === 'done'), count(({ end }) => end === 'rolled-back')]
  process.stdout.write(
    `${what}: killed at ${killed} of ${results.length} steps: ${finished} finished, ${back} rolled back, ${lost.length} lost\n`,
  )
  return killed === results.length && lost.length === 0 && finished + back === results.length ? 0 : 1
}
