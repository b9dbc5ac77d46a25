import type { JsonValue, Origin } from '../../model/index.js'
import type { CrioSubject, FailOptions, Report } from '../define-check.js'
import { advice } from '../precondition.js'

/** What is wrong with a setting of `[crio.runtime]`, and the line that puts it right. */
export interface CrioFault extends Omit<FailOptions, 'fix'> {
  readonly seen: string
  readonly line: string
  readonly breaks?: string
}

/** Asks one setting of `[crio.runtime]`. */
export function judgeCrio(
  { crio }: CrioSubject,
  report: Report,
  key: string,
  fault: (value: JsonValue) => CrioFault | undefined,
): void {
  const fact = crio.setting(['crio', 'runtime', key])
  if (!fact.known) return report.unknown(fact)
  const found = fault(fact.value)
  if (found === undefined) return
  const { seen, line, breaks, ...options } = found
  report.fail(
    { origin: fact.origin, key: `crio.runtime.${key}`, message: seen },
    { ...options, fix: setInCrio(line, fact.origin, breaks) },
  )
}

/** A line of `[crio.runtime]` in words: a drop-in that sorts behind all others wins. */
export function setInCrio(line: string, origin: Origin, breaks?: string): ReturnType<typeof advice> {
  const now = origin.kind === 'file' ? ` (now ${origin.file}:${origin.line ?? 1})` : ''
  return {
    ...advice(
      `Set \`${line}\` under \`[crio.runtime]\`${now}, in that file or in a drop-in of /etc/crio/crio.conf.d that sorts behind it, then \`systemctl restart crio\`; running containers go on. On OpenShift a ContainerRuntimeConfig or MachineConfig owns the file.`,
      breaks === undefined ? {} : { breaks },
    ),
    restart: 'crio',
    verify: 'crio config 2>/dev/null',
  }
}
