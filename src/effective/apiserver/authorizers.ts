import {
  asList,
  asString,
  field,
  type EffectiveConfig,
  type JsonValue,
  type Setting,
} from '../../model/index.js'
import { docEntryAt, docValue, readGoDocument } from '../../text/index.js'
import type { ComponentStart } from '../component-start.js'
import type { DerivedSettings } from '../flag-component.js'
import { byDefault, type FlagSettings } from '../flag-settings.js'
import { referencedFile } from '../referenced-file.js'

/** Source: kubernetes v1.36.2 pkg/kubeapiserver/authorizer/modes/modes.go, AuthorizationModeChoices. */
const MODES: ReadonlySet<string> = new Set(['AlwaysAllow', 'AlwaysDeny', 'ABAC', 'Webhook', 'RBAC', 'Node'])

/** Flags that exclude --authorization-config. Source: same version, pkg/kubeapiserver/options/authorization.go, AddFlags. */
const LEGACY = [
  'authorization-mode',
  'authorization-webhook-config-file',
  'authorization-webhook-version',
  'authorization-webhook-cache-authorized-ttl',
  'authorization-webhook-cache-unauthorized-ttl',
]

/**
 * `authorization-mode` in force, and `authorizers`: the types of the chain in order, from the flag or from the file of
 * --authorization-config.
 * Source: kubernetes v1.36.2 pkg/kubeapiserver/options/authorization.go, Complete and Validate.
 */
export function deriveAuthorizers(start: ComponentStart, flags: FlagSettings): DerivedSettings {
  const file = flags.settings.get('authorization-config')
  const path = asString(file?.value) ?? ''
  if (file !== undefined && path !== '') return fromConfig(start, flags, file, path)
  const given = flags.settings.get('authorization-mode')
  const modes = strings(given?.value)
  if (given === undefined || modes.length === 0) {
    const value = ['AlwaysAllow']
    const detail = 'without it and without `--authorization-config` every request is allowed'
    const mode = byDefault(start, 'authorization-mode', value, detail)
    return { settings: [mode, { ...mode, setting: 'authorizers' }] }
  }
  const wrong = wrongModes(modes, flags)
  return {
    settings: [{ ...given, setting: 'authorizers' }],
    ...(wrong === undefined ? {} : { refusal: { message: wrong, origin: given.origin } }),
  }
}

function wrongModes(modes: readonly string[], flags: FlagSettings): string | undefined {
  const unknown = modes.find((mode) => !MODES.has(mode))
  if (unknown !== undefined) return `\`--authorization-mode\`: \`${unknown.slice(0, 100)}\` is not a mode`
  if (new Set(modes).size !== modes.length) return '`--authorization-mode` names a mode twice'
  const policy = flags.given.has('authorization-policy-file')
  const webhook = flags.given.has('authorization-webhook-config-file')
  if (modes.includes('ABAC') !== policy) return 'mode ABAC and `--authorization-policy-file` need each other'
  if (modes.includes('Webhook') !== webhook) {
    return 'mode Webhook and `--authorization-webhook-config-file` need each other'
  }
  return undefined
}

function fromConfig(
  start: ComponentStart,
  flags: FlagSettings,
  given: Setting,
  path: string,
): DerivedSettings {
  const legacy = LEGACY.find((name) => flags.given.has(name))
  const refusal: EffectiveConfig['refusal'] | undefined =
    legacy === undefined
      ? undefined
      : { message: `\`--${legacy}\` may not stand beside \`--authorization-config\``, origin: given.origin }
  const mode = byDefault(start, 'authorization-mode', [], '`--authorization-config` names the authorizers')
  const found = referencedFile(start, path)
  const root = found?.text === undefined ? undefined : readGoDocument(found.text).root
  const entry = root === undefined ? undefined : docEntryAt(root, ['authorizers'])
  const types = asList(entry === undefined ? undefined : docValue(entry.value)).map((each) =>
    asString(field(each, 'type')),
  )
  const refused = refusal === undefined ? {} : { refusal }
  if (found === undefined || entry === undefined || types.length === 0 || types.includes(undefined)) {
    return { settings: legacy === undefined ? [mode] : [], unknown: ['authorizers'], ...refused }
  }
  const { line, column } = entry
  const place = { file: found.path, line, column, path: ['authorizers'] }
  const authorizers: Setting = {
    setting: 'authorizers',
    value: types as string[],
    source: { kind: 'file', ...place },
    overridden: [],
    origin: { kind: 'file', host: start.host, ...place },
  }
  return { settings: legacy === undefined ? [mode, authorizers] : [authorizers], ...refused }
}

/** The strings of a list setting. */
export function strings(value: JsonValue | undefined): string[] {
  return asList(value).flatMap((item) => asString(item) ?? [])
}
