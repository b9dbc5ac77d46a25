import {
  settingFact,
  unknown,
  type EffectiveConfig,
  type Estate,
  type Fact,
  type Setting,
} from '../model/index.js'
import { componentView, type ComponentView } from './component.js'
import { componentStarts, type ComponentStart } from './component-start.js'
import { componentVersion, minorOf } from './component-version.js'
import { changeFlag, unsetFlag } from './flag-change.js'
import { changeStart } from './start-change.js'
import { referencedFile } from './referenced-file.js'
import { flagsOfVersion, type VersionedComponent } from './versioned-flags.js'
import { readFlagSettings, type DefaultsOf, type FlagSettings } from './flag-settings.js'

/** What a component makes of its flags beyond their values. */
export interface DerivedSettings {
  /** Replace those of the same name, or stand beside the flags. */
  readonly settings: readonly Setting[]
  /** Names of settings that could not be known; asking for them is answered so. */
  readonly unknown?: readonly string[]
  readonly refusal?: EffectiveConfig['refusal']
}

/** A component that is configured by flags alone. */
export interface FlagComponent {
  readonly component: EffectiveConfig['component'] & VersionedComponent
  readonly defaults: (minor: number | undefined) => DefaultsOf
  readonly derive: (start: ComponentStart, flags: FlagSettings, version: Fact<string>) => DerivedSettings
}

/** One view for each place where the component runs, in the order of host names. */
export function flagComponentViews(estate: Estate, kind: FlagComponent): ComponentView[] {
  return componentStarts(estate, kind.component).map((start) => {
    const version = componentVersion(estate, start)
    const minor = minorOf(version)
    const flags = readFlagSettings(start, flagsOfVersion(kind.component, minor), kind.defaults(minor))
    for (const name of [...flags.settings.keys()])
      if (start.undecided?.(name) !== undefined) flags.settings.delete(name)
    const derived = kind.derive(start, flags, version)
    const settings = new Map(flags.settings)
    for (const setting of derived.settings) settings.set(setting.setting, setting)
    for (const name of derived.unknown ?? []) settings.delete(name)
    const { kubeadm } = start
    // What nobody gives may still stand in a manifest, and of one that nobody saw nobody can say that it is refused.
    if (kubeadm !== undefined)
      for (const [name, { source }] of settings) if (source.kind === 'default') settings.delete(name)
    const refusal = kubeadm === undefined ? (flags.refusal ?? derived.refusal) : undefined
    const config: EffectiveConfig = {
      component: kind.component,
      host: start.host,
      settings: [...settings.values()].sort((left, right) => (left.setting < right.setting ? -1 : 1)),
      ...(refusal === undefined ? {} : { refusal }),
      gaps: start.gaps,
    }
    const parts: Parameters<typeof componentView>[0] = {
      config,
      host: start.host,
      ...(start.machine === undefined ? {} : { machine: start.machine }),
      ...(start.command === undefined ? {} : { command: start.command }),
      distribution: start.machine?.distribution ?? (kubeadm === undefined ? 'unknown' : 'kubeadm'),
      version,
      file: (path) => referencedFile(start, path),
      change: (name, value) => changeFlag(start, flags, name, value),
      unset: (name) => unsetFlag(start, flags, name),
      changeStart: (change, words) => changeStart(start, flags, change, words),
    }
    return componentView(parts, (name) => factOf(config, start, name))
  })
}

function factOf(config: EffectiveConfig, { kubeadm, undecided }: ComponentStart, name: string): Fact {
  const fact = settingFact(config, name)
  const why = undecided?.(name) ?? kubeadm?.unsaid(name)
  return fact.known || why === undefined || config.gaps.length > 0 ? fact : unknown('no-source', why)
}
