import type { Fact, Fix } from '../../model/index.js'
import type { ComponentSubject, EvidenceInput, Report } from '../define-check.js'

const ENABLE = 'enable-admission-plugins'
const DISABLE = 'disable-admission-plugins'
/** Names all plug-ins, in the place of the other two. */
const REPLACE = 'admission-control'

/** Whether an admission plug-in is in force, and what shows it. */
export interface PluginState {
  readonly on: boolean
  readonly evidence: EvidenceInput
}

/** Asks for a plug-in; undefined once it was reported that nobody can know. */
export function pluginInForce(
  apiserver: ComponentSubject,
  report: Report,
  plugin: string,
): PluginState | undefined {
  const plugins = apiserver.strings('admission-plugins')
  if (!plugins.known) {
    report.unknown(plugins)
    return undefined
  }
  const on = plugins.value.includes(plugin)
  const flag = decidingFlag(apiserver, plugin)
  // Where it is not known that nobody switches it off, it is not on because nobody names it.
  const off = apiserver.strings(DISABLE)
  if (on && flag === undefined && !off.known) {
    report.unknown(off)
    return undefined
  }
  const setBy = flag === undefined ? plugins : apiserver.strings(flag)
  const origin = setBy.known ? setBy.origin : plugins.origin
  const by = flag === undefined ? 'by default' : `by \`--${flag}\``
  return {
    on,
    evidence: { origin, key: plugin, message: `the plug-in \`${plugin}\` is ${on ? 'on' : 'off'} ${by}` },
  }
}

/** The flag that names a plug-in, or that replaces them all; undefined where nobody speaks of it. */
function decidingFlag(apiserver: ComponentSubject, plugin: string): string | undefined {
  if (isGiven(apiserver, REPLACE)) return REPLACE
  return [ENABLE, DISABLE].find((flag) => names(apiserver.strings(flag)).includes(plugin))
}

/** The change that switches a plug-in on: it is taken from those that are off, or added to those that are on. */
export function switchOn(apiserver: ComponentSubject, plugin: string): Fix {
  const replaced = isGiven(apiserver, REPLACE)
  const off = names(apiserver.strings(DISABLE))
  if (!replaced && off.includes(plugin)) return without(apiserver, DISABLE, plugin)
  const flag = replaced ? REPLACE : ENABLE
  return apiserver.change(flag, [...names(apiserver.strings(flag)), plugin])
}

/** The change that takes a plug-in out which is on because a flag names it. */
export function switchOff(apiserver: ComponentSubject, plugin: string): Fix {
  return without(apiserver, isGiven(apiserver, REPLACE) ? REPLACE : ENABLE, plugin)
}

function without(apiserver: ComponentSubject, flag: string, plugin: string): Fix {
  const left = names(apiserver.strings(flag)).filter((name) => name !== plugin)
  const unset = apiserver.unset
  return left.length === 0 && unset !== undefined ? unset(flag) : apiserver.change(flag, left)
}

function names(fact: Fact<string[]>): string[] {
  return fact.known ? fact.value : []
}

function isGiven(apiserver: ComponentSubject, flag: string): boolean {
  const setting = apiserver.config.settings.find((each) => each.setting === flag)
  return setting !== undefined && setting.source.kind !== 'default'
}
