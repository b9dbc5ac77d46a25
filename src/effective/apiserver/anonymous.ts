import { asBoolean, asList, asString, field, isObject, type Setting } from '../../model/index.js'
import { docEntryAt, docValue, readGoDocument } from '../../text/index.js'
import type { ComponentStart } from '../component-start.js'
import type { DerivedSettings } from '../flag-component.js'
import { byDefault, type FlagSettings } from '../flag-settings.js'
import { referencedFile } from '../referenced-file.js'
import { strings } from './authorizers.js'

/**
 * `anonymous-auth` in force, and `anonymous-paths`: the paths that anonymous requests are limited to (empty: none
 * where off, all where on). AlwaysAllow in --authorization-mode switches anonymous requests off; the file of
 * --authentication-config decides where it names them.
 * Source: kubernetes v1.36.2 pkg/kubeapiserver/options/authentication.go, ApplyAuthorization and
 * ToAuthenticationConfig.
 */
export function deriveAnonymous(
  start: ComponentStart,
  flags: FlagSettings,
  modes: Setting | undefined,
): DerivedSettings {
  const path = asString(flags.settings.get('authentication-config')?.value) ?? ''
  const own = underModes(flags.settings.get('anonymous-auth'), modes)
  if (path !== '') return fromFile(start, flags, path, own)
  return own === undefined ? { settings: [] } : { settings: [own, unlimited(start)] }
}

function unlimited(start: ComponentStart): Setting {
  return byDefault(start, 'anonymous-paths', [], 'no `--authentication-config` limits anonymous requests')
}

function underModes(flag: Setting | undefined, modes: Setting | undefined): Setting | undefined {
  if (flag?.value !== true || !strings(modes?.value).includes('AlwaysAllow') || modes === undefined)
    return flag
  return {
    setting: 'anonymous-auth',
    value: false,
    source: modes.source,
    overridden: [{ value: true, source: flag.source }, ...flag.overridden],
    origin: modes.origin,
  }
}

function fromFile(
  start: ComponentStart,
  flags: FlagSettings,
  path: string,
  own: Setting | undefined,
): DerivedSettings {
  const found = referencedFile(start, path)
  const root = found?.text === undefined ? undefined : readGoDocument(found.text).root
  if (found === undefined || root === undefined)
    return { settings: [], unknown: ['anonymous-auth', 'anonymous-paths'] }
  const entry = docEntryAt(root, ['anonymous'])
  const anonymous = entry === undefined ? undefined : docValue(entry.value)
  if (entry === undefined || anonymous === null) {
    return own === undefined ? { settings: [] } : { settings: [own, unlimited(start)] }
  }
  const enabled = isObject(anonymous)
    ? (asBoolean(field(anonymous, 'enabled') ?? false) ?? undefined)
    : undefined
  const paths = asList(field(anonymous, 'conditions')).map((condition) => asString(field(condition, 'path')))
  if (enabled === undefined || paths.includes(undefined)) {
    return { settings: [], unknown: ['anonymous-auth', 'anonymous-paths'] }
  }
  const place = { file: found.path, line: entry.line, column: entry.column, path: ['anonymous'] }
  const setting = (name: string, value: boolean | string[]): Setting => ({
    setting: name,
    value,
    source: { kind: 'file', ...place },
    overridden:
      name === 'anonymous-auth' && own !== undefined ? [{ value: own.value, source: own.source }] : [],
    origin: { kind: 'file', host: start.host, ...place },
  })
  const flag = flags.given.has('anonymous-auth') ? flags.settings.get('anonymous-auth') : undefined
  const message =
    '`--anonymous-auth` may not stand beside `anonymous` in the file of `--authentication-config`'
  return {
    settings: [setting('anonymous-auth', enabled), setting('anonymous-paths', paths as string[])],
    ...(flag === undefined ? {} : { refusal: { message, origin: flag.origin } }),
  }
}
