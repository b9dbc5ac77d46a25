import { valueAt, type JsonPath, type JsonValue, type KubeObject } from '../../model/index.js'

/**
 * The kubectl command that makes one change of a live object, or undefined for objects that come from files: there
 * the file is changed. A JSON patch (RFC 6902) adds only below a parent that exists, so missing parents are added too.
 */
export function kubectlPatch(
  object: KubeObject,
  op: 'set' | 'remove',
  path: JsonPath,
  value: JsonValue,
): string | undefined {
  if (object.source === 'manifest' || object.source === 'static-pod') return undefined
  const patch = op === 'remove' ? { op, path: pointer(path) } : addition(object, path, value)
  const { kind, group, namespace, name } = object.ref
  const type = group === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`
  const where = namespace === '' ? '' : ` -n ${quote(namespace)}`
  return `kubectl patch ${quote(type)} ${quote(name)}${where} --type=json -p ${quote(JSON.stringify([patch]))}`
}

function addition(object: KubeObject, path: JsonPath, value: JsonValue): object {
  let depth = path.length - 1
  while (depth > 0 && valueAt(object.content, path.slice(0, depth)) === undefined) depth -= 1
  const nested = path
    .slice(depth + 1)
    .reduceRight<JsonValue>((inner, step) => ({ [String(step)]: inner }), value)
  return { op: 'add', path: pointer(path.slice(0, depth + 1)), value: nested }
}

/** RFC 6901. */
function pointer(path: JsonPath): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
