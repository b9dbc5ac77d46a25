import { posix } from 'node:path'
import { asList, asString, valueAt, type JsonValue } from '../../model/index.js'
import { docValue, readGoDocument } from '../../text/index.js'
import type { PathReference } from './references.js'

/** A container's folder or file and the host's that stands behind it. */
interface Mount {
  readonly inside: string
  readonly outside: string
}

/** References of a static pod's command lines as paths of the host: what no hostPath volume covers is left out. */
export function mountedReferences(manifest: string, references: readonly PathReference[]): PathReference[] {
  const root = readGoDocument(manifest).root
  if (root === undefined) return []
  const mounts = mountsOf(docValue(root))
  return references.flatMap((reference) => {
    const path = outsideOf(reference.path, mounts)
    return path === undefined ? [] : [{ ...reference, path }]
  })
}

function outsideOf(path: string, mounts: readonly Mount[]): string | undefined {
  const covering = mounts
    .filter(({ inside }) => path === inside || path.startsWith(inside === '/' ? '/' : `${inside}/`))
    .sort((left, right) => right.inside.length - left.inside.length)[0]
  return covering === undefined
    ? undefined
    : posix.join(covering.outside, path.slice(covering.inside.length === 1 ? 0 : covering.inside.length))
}

function mountsOf(pod: JsonValue): Mount[] {
  const hostPaths = new Map<string, string>()
  for (const volume of asList(valueAt(pod, ['spec', 'volumes']))) {
    const name = asString(valueAt(volume, ['name']))
    const path = asString(valueAt(volume, ['hostPath', 'path']))
    if (name !== undefined && path?.startsWith('/')) hostPaths.set(name, posix.resolve(path))
  }
  return asList(valueAt(pod, ['spec', 'containers'])).flatMap((container) =>
    asList(valueAt(container, ['volumeMounts'])).flatMap((mount) => {
      const outside = hostPaths.get(asString(valueAt(mount, ['name'])) ?? '')
      const inside = asString(valueAt(mount, ['mountPath']))
      const sub = asString(valueAt(mount, ['subPath'])) ?? ''
      if (outside === undefined || inside?.startsWith('/') !== true) return []
      return [{ inside: posix.resolve(inside), outside: posix.join(outside, sub) }]
    }),
  )
}
