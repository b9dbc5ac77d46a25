import { fromJson, type CelValue } from '../cel/index.js'
import type { ComponentView, DockerdView } from '../effective/index.js'
import { topOwner, type ObjectIndex } from '../kube/index.js'
import type { Host, JsonObject, JsonValue, KubeObject, ObjectRef } from '../model/index.js'

/** `object`, `owner` and `namespaceObject` of an object; the latter is called so in admission policies, too. */
export function objectValues(object: KubeObject, index: ObjectIndex): Record<string, CelValue> {
  return {
    object: fromJson(object.content),
    owner: fromJson(ownerOf(object, index)),
    namespaceObject: fromJson(index.get('', 'Namespace', '', object.ref.namespace)?.content ?? null),
  }
}

/** The object at the top of the owner references; of one that was not read what its reference says. */
function ownerOf(object: KubeObject, index: ObjectIndex): JsonObject {
  const owner = topOwner(object, index)
  if (owner.kind === 'self') return object.content
  return owner.kind === 'object' ? owner.object.content : named(owner.ref)
}

function named({ group, version, kind, namespace, name }: ObjectRef): JsonObject {
  const apiVersion = group === '' ? version : `${group}/${version}`
  return { apiVersion, kind, metadata: namespace === '' ? { name } : { name, namespace } }
}

/**
 * `config` of a component: every setting in force by its full name, and as mappings in mappings by the parts of it
 * (`config.authentication.anonymous.enabled`).
 */
export function componentValues({ config }: ComponentView | DockerdView): Record<string, CelValue> {
  const values: Record<string, JsonValue> = Object.create(null) as Record<string, JsonValue>
  for (const { setting, value } of config.settings) {
    put(values, setting.split('.'), value)
    values[setting] = value
  }
  return { config: fromJson({ ...values }), component: config.component, hostName: config.host }
}

function put(
  into: Record<string, JsonValue>,
  [step = '', ...rest]: readonly string[],
  value: JsonValue,
): void {
  if (rest.length === 0) {
    into[step] ??= value
    return
  }
  const here = into[step]
  if (here === undefined) into[step] = Object.create(null) as JsonObject
  else if (typeof here !== 'object' || here === null || Array.isArray(here)) return
  put(into[step] as Record<string, JsonValue>, rest, value)
}

/** `host`: its name, its files by path with mode and owner, and what runs on it. Texts of files are not in it. */
export function hostValues(host: Host): Record<string, CelValue> {
  const files = [...host.files.values()].map(({ path, type, mode, uid, gid, size }) => [
    path,
    { type, ...defined({ mode, uid, gid, size }) },
  ])
  return {
    host: fromJson({
      name: host.name,
      distribution: host.distribution,
      files: Object.fromEntries(files) as JsonObject,
      processes: host.commands.map(({ component, executable, source }) => ({
        component,
        executable,
        source,
      })),
    }),
  }
}

function defined(fields: Readonly<Record<string, number | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}
