import type { Fact, JsonValue, Origin, Setting } from '../model/index.js'
import type { ComponentSubject, EvidenceInput, FailOptions, Report } from './define-check.js'

/** The evidence of one setting: its key is the setting's name, wherever it is set. */
export function settingEvidence(component: ComponentSubject, name: string, origin: Origin): EvidenceInput {
  const setting = component.config.settings.find((candidate) => candidate.setting === name)
  return { origin, key: name, message: describeSetting(name, setting) }
}

/**
 * Asks one setting: unknown is reported as unknown; `fault` answers undefined when the value is right, otherwise
 * what is wrong with it.
 */
export function judgeSetting<T>(
  component: ComponentSubject,
  report: Report,
  name: string,
  fact: Fact<T>,
  fault: (value: T) => FailOptions | undefined,
): void {
  if (!fact.known) return report.unknown(fact)
  const options = fault(fact.value)
  if (options !== undefined) report.fail(settingEvidence(component, name, fact.origin), options)
}

function describeSetting(name: string, setting: Setting | undefined): string {
  if (setting === undefined) return `\`${name}\` is not set`
  const value = `\`${name}\` is \`${format(setting.value)}\``
  return setting.source.kind === 'default' ? `${value}, the default` : value
}

function format(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
