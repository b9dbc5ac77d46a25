import { asList, asString, isObject, valueAt, type JsonPath, type JsonValue } from '../../model/index.js'
import { docValue, readGoDocument } from '../../text/index.js'
import { ETCD_SETTINGS, etcdValue } from './etcd-flags.js'

/** A setting that a configuration file of etcd makes. */
export interface FileSetting {
  readonly name: string
  readonly path: JsonPath
  readonly value: JsonValue
}

/** Keys below these are those of flags. Source: etcd server v3.6.8 embed/config.go, securityConfig. */
const SECTIONS: readonly (readonly [section: string, prefix: string])[] = [
  ['client-transport-security', ''],
  ['peer-transport-security', 'peer-'],
]
const KEYS: Readonly<Record<string, string>> = {
  'cert-file': 'cert-file',
  'key-file': 'key-file',
  'client-cert-auth': 'client-cert-auth',
  'trusted-ca-file': 'trusted-ca-file',
  'auto-tls': 'auto-tls',
}

/** Where a setting stands in a configuration file. */
export function etcdFilePath(name: string): JsonPath {
  for (const [section, prefix] of [...SECTIONS].reverse()) {
    if (prefix !== '' && !name.startsWith(prefix)) continue
    const key = name.slice(prefix.length)
    if (Object.hasOwn(KEYS, key)) return [section, key]
  }
  return [name]
}

/** What a configuration file of etcd says; undefined when it is no document of keys. */
export function readEtcdFile(text: string): FileSetting[] | undefined {
  const { root } = readGoDocument(text)
  const document = root === undefined ? undefined : docValue(root)
  if (!isObject(document)) return undefined
  return ETCD_SETTINGS.flatMap((name) => {
    const path = etcdFilePath(name)
    const given = valueAt(document, path)
    const value = given === undefined || given === null ? undefined : valueOf(name, given)
    return value === undefined ? [] : [{ name, path, value }]
  })
}

function valueOf(name: string, given: JsonValue): JsonValue | undefined {
  if (typeof given === 'boolean') return etcdValue(name, String(given))
  if (Array.isArray(given)) return asList(given).flatMap((each) => asString(each) ?? [])
  return typeof given === 'string' || typeof given === 'number' ? etcdValue(name, String(given)) : undefined
}
