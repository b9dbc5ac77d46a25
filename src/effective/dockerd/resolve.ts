import {
  unknown,
  known,
  type EffectiveConfig,
  type Fact,
  type Host,
  type Setting,
} from '../../model/index.js'
import type { DockerdInput, StartFault } from './dockerd-input.js'
import { Layers } from './layers.js'
import { listenersOf, type Listeners } from './listeners.js'
import { readConfigFile } from './read-config-file.js'
import { readFlags } from './read-flags.js'
import { settingsOf } from './settings.js'
import { startFaults } from './start-faults.js'

export interface ResolvedDockerd {
  readonly config: EffectiveConfig
  readonly faults: readonly StartFault[]
  readonly listeners: Listeners
  readonly layers: Layers
  /** The fact behind a setting, also where only one of the two places was seen. */
  readonly fact: (name: string) => Fact
}

/**
 * The settings that dockerd runs with, each with who set it and who lost; never throws. A setting that stands in both
 * places stops the start, so what one place says cannot be beaten by the other, and is known without it.
 * Source: moby v28.3.3 daemon/config/config.go, MergeDaemonConfigurations.
 */
export function resolveDockerd(input: DockerdInput, machine?: Host): ResolvedDockerd {
  const flags = readFlags(input)
  const file = readConfigFile(input, flags)
  const layers = new Layers(input, flags, file)
  const settings = settingsOf(layers)
  const faults = startFaults(layers, settings)
  const first = faults.find((fault) => fault.certain)
  const gaps = [input.argsGap, file.gap].flatMap((gap) => gap ?? [])
  const config: EffectiveConfig = {
    component: 'dockerd',
    host: input.host,
    settings,
    gaps,
    ...(first === undefined ? {} : { refusal: { message: first.message, origin: first.origin } }),
  }
  const byName = new Map(settings.map((setting) => [setting.setting, setting]))
  const fact = (name: string): Fact => factOf(layers, config, byName.get(name), name)
  const hosts = byName.get('hosts')
  const tls = byName.get('tls')?.value === true
  const listeners =
    hosts === undefined ? { seen: [] } : listenersOf(layers, hosts, fact('hosts'), tls, machine)
  return { config, faults: gaps.length === 0 ? faults : faults.filter(isSure), listeners, layers, fact }
}

/** With a part unseen, a file that TLS would need may be set there. */
function isSure(fault: StartFault): boolean {
  return fault.kind !== 'value'
}

function factOf(layers: Layers, config: EffectiveConfig, setting: Setting | undefined, name: string): Fact {
  const gap = config.gaps[0]
  if (setting !== undefined && (gap === undefined || isCertain(layers, setting))) {
    return known(setting.value, setting.origin)
  }
  if (gap !== undefined) return unknown(gap.reason, `\`${name}\`: ${gap.detail}`, gap.origin)
  return unknown(
    'version-unknown',
    `the default of \`${name}\` depends on the version of dockerd, which is not known`,
  )
}

/** What was set at a place that was seen whole counts even where the other place was not seen. */
function isCertain(layers: Layers, setting: Setting): boolean {
  // `--tlsverify` turns on what `"tls": false` turns off, and `tlsverify` in the file what `--tls=false` does.
  if (setting.setting === 'tls' && setting.value !== true) return false
  if (setting.source.kind === 'file') return layers.file.gap === undefined
  return setting.source.kind === 'flag' && layers.input.argsGap === undefined
}
