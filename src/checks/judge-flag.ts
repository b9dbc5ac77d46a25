import type { Fact, JsonValue, Origin, Setting } from '../model/index.js'
import type { ComponentSubject, EvidenceInput, FailOptions, Report } from './define-check.js'

/** The evidence of one flag: its key is the flag's name, wherever it is given. */
export function flagEvidence(component: ComponentSubject, name: string, origin: Origin): EvidenceInput {
  const setting = component.config.settings.find((candidate) => candidate.setting === name)
  return { origin, key: name, message: describeFlag(name, setting) }
}

/**
 * Asks one flag: unknown is reported as unknown; `fault` answers undefined when the value is right, otherwise what is
 * wrong with it.
 */
export function judgeFlag<T>(
  component: ComponentSubject,
  report: Report,
  name: string,
  fact: Fact<T>,
  fault: (value: T) => FailOptions | undefined,
): void {
  if (!fact.known) return report.unknown(fact)
  const options = fault(fact.value)
  if (options !== undefined) report.fail(flagEvidence(component, name, fact.origin), options)
}

/** Whether a text flag is given and not empty; what is not known is neither. */
export function isGiven(fact: Fact<string>): boolean {
  return fact.known && fact.value !== ''
}

function describeFlag(name: string, setting: Setting | undefined): string {
  if (setting === undefined) return `\`--${name}\` is not given`
  const value = format(setting.value)
  const said = setting.source.object?.kind === 'ConfigMap' ? `: ${setting.source.described ?? ''}` : ''
  if (setting.source.kind !== 'default') return `\`--${name}\` is \`${value}\`${said}`
  return value === ''
    ? `\`--${name}\` is not given`
    : `\`--${name}\` is not given and is \`${value}\` by default`
}

function format(value: JsonValue): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(',')
  return JSON.stringify(value)
}
