import type { JsonPath, JsonValue } from '../../model/index.js'
import type { CriPart } from '../../runtimes/index.js'
import type { ContainerdSubject, FailOptions, Report } from '../define-check.js'
import { changeToml } from './change-toml.js'

/** What is wrong with a setting, and the TOML that puts it right. */
export interface CriFault extends Omit<FailOptions, 'fix'> {
  readonly value: string
  readonly breaks?: string
}

/** Whether the plug-in for Kubernetes is off, as Docker's package leaves it; said so then. */
export function criIsOff({ containerd }: ContainerdSubject, report: Report): boolean {
  if (containerd.criOff === undefined) return false
  report.notApplicable(
    'the plug-in for Kubernetes is off (`disabled_plugins`): Docker alone uses this containerd',
  )
  return true
}

/** Asks one setting of the plug-in for Kubernetes. */
export function judgeCri(
  subject: ContainerdSubject,
  report: Report,
  part: CriPart,
  path: JsonPath,
  fault: (value: JsonValue) => CriFault | undefined,
): void {
  if (criIsOff(subject, report)) return
  const { containerd } = subject
  const fact = containerd.cri(part, path)
  if (!fact.known) return report.unknown(fact)
  const found = fault(fact.value)
  if (found === undefined) return
  const { value, breaks, ...options } = found
  const name = String(path.at(-1))
  const seen =
    fact.value === null ? `\`${name}\` is not set` : `\`${name}\` is \`${JSON.stringify(fact.value)}\``
  report.fail(
    { origin: fact.origin, key: `${containerd.path} ${name}`, message: seen },
    { ...options, fix: changeToml(containerd, containerd.criPath(part, path), value, fact.origin, breaks) },
  )
}
