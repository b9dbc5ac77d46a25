import { posix } from 'node:path'
import { asList, asString, field, valueAt, type JsonValue } from '../model/index.js'

/**
 * The host's path behind a path inside a container: through the hostPath volume that covers it. Undefined where none
 * does, so that the file is not one of the host's.
 */
export function mountedPath(
  podSpec: JsonValue | undefined,
  container: JsonValue,
  path: string,
): string | undefined {
  const hostPaths = new Map<string, string>()
  for (const volume of asList(field(podSpec, 'volumes'))) {
    const name = asString(field(volume, 'name'))
    const hostPath = asString(valueAt(volume, ['hostPath', 'path']))
    if (name !== undefined && hostPath?.startsWith('/') === true) hostPaths.set(name, posix.resolve(hostPath))
  }
  let best: { inside: string; outside: string } | undefined
  for (const mount of asList(field(container, 'volumeMounts'))) {
    const outside = hostPaths.get(asString(field(mount, 'name')) ?? '')
    const mountPath = asString(field(mount, 'mountPath'))
    if (outside === undefined || mountPath?.startsWith('/') !== true) continue
    const inside = posix.resolve(mountPath)
    const covers = inside === '/' || path === inside || path.startsWith(`${inside}/`)
    if (!covers || (best !== undefined && best.inside.length >= inside.length)) continue
    best = { inside, outside: posix.join(outside, asString(field(mount, 'subPath')) ?? '') }
  }
  return best === undefined ? undefined : posix.join(best.outside, posix.relative(best.inside, path))
}
