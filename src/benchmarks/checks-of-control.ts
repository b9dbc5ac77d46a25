import type { AnyCheck } from '../checks/index.js'
import type { Benchmark, Control } from './benchmark.js'

/** The checks that judge each control, by its number: those that it names, or those whose references name it. */
export function checksByControl<Known extends Pick<AnyCheck, 'id' | 'references'>>(
  benchmark: Benchmark,
  checks: readonly Known[],
): ReadonlyMap<string, readonly Known[]> {
  return new Map(
    benchmark.controls.map((control) => [
      control.number,
      checks.filter((check) => judges(check, control, benchmark)),
    ]),
  )
}

function judges(
  { id, references }: Pick<AnyCheck, 'id' | 'references'>,
  control: Control,
  { reference }: Benchmark,
): boolean {
  if (control.checks !== undefined) return control.checks.some((name) => matches(id, name))
  return reference !== undefined && references.includes(`${reference}${control.number}`)
}

function matches(id: string, name: string): boolean {
  return name.endsWith('*') ? id.startsWith(name.slice(0, -1)) : id === name
}
