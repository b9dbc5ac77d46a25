import { componentKnowledge, isKnownMinor } from '../../kube/index.js'
import type { EffectiveConfig, Setting } from '../../model/index.js'
import type { ComponentStart } from '../component-start.js'
import type { DerivedSettings } from '../flag-component.js'
import { byDefault, type FlagSettings } from '../flag-settings.js'
import { strings } from './authorizers.js'

/**
 * `admission-plugins`: the plug-ins in force, in the order in which they run. --enable- adds to and --disable- takes
 * from those that are on by default; the old --admission-control names them all.
 * Source: k8s.io/apiserver v0.36.2 pkg/server/options/admission.go, enabledPluginNames and Validate;
 * kubernetes v1.36.2 pkg/kubeapiserver/options/admission.go, computePluginNames.
 */
export function deriveAdmission(
  start: ComponentStart,
  flags: FlagSettings,
  minor: number | undefined,
): DerivedSettings {
  const enable = flags.settings.get('enable-admission-plugins')
  const disable = flags.settings.get('disable-admission-plugins')
  const only = flags.given.has('admission-control') ? flags.settings.get('admission-control') : undefined
  const named = new Set(strings(enable?.value))
  const taken = new Set(strings(disable?.value))
  const { order, on } = componentKnowledge(minor).admission
  const exact = new Set(strings(only?.value))
  const value =
    only === undefined
      ? order.filter((name) => named.has(name) || (on.has(name) && !taken.has(name)))
      : order.filter((name) => exact.has(name))
  // Names that this list has not may be plug-ins of another version: they are on when they are named.
  const others = [...(only === undefined ? named : exact)].filter((name) => !order.includes(name))
  const refusal = refusalOf(flags, minor)
  const setter = [only, enable, disable].find((setting) => setting?.source.kind === 'flag')
  const plugins: Setting = {
    ...(setter ?? byDefault(start, 'enable-admission-plugins', [], 'the plug-ins that are on by default')),
    setting: 'admission-plugins',
    value: [...value, ...others],
    overridden: [],
  }
  return { settings: [plugins], ...(refusal === undefined ? {} : { refusal }) }
}

function refusalOf(flags: FlagSettings, minor: number | undefined): EffectiveConfig['refusal'] | undefined {
  const enable = flags.settings.get('enable-admission-plugins')
  const disable = flags.settings.get('disable-admission-plugins')
  const only = flags.settings.get('admission-control')
  const changed = flags.given.has('enable-admission-plugins') || flags.given.has('disable-admission-plugins')
  if (only !== undefined && flags.given.has('admission-control') && changed) {
    return {
      message: '`--admission-control` may not stand beside the flags that enable and disable plug-ins',
      origin: only.origin,
    }
  }
  const both = strings(enable?.value).find((name) => strings(disable?.value).includes(name))
  if (both !== undefined && enable !== undefined) {
    return {
      message: `the admission plug-in \`${both}\` is enabled and disabled at once`,
      origin: enable.origin,
    }
  }
  if (minor === undefined || !isKnownMinor(minor)) return undefined
  const { order } = componentKnowledge(minor).admission
  for (const setting of [only, enable, disable]) {
    const unknown = strings(setting?.value).find((name) => !order.includes(name))
    if (unknown !== undefined && setting !== undefined) {
      const message = `\`${unknown.slice(0, 100)}\` in \`--${setting.setting}\` is no admission plug-in of this version`
      return { message, origin: setting.origin }
    }
  }
  return undefined
}
