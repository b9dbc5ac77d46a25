import v131 from '../../../data/default-rbac/1.31.json' with { type: 'json' }
import v132 from '../../../data/default-rbac/1.32.json' with { type: 'json' }
import v133 from '../../../data/default-rbac/1.33.json' with { type: 'json' }
import v134 from '../../../data/default-rbac/1.34.json' with { type: 'json' }
import v135 from '../../../data/default-rbac/1.35.json' with { type: 'json' }
import v136 from '../../../data/default-rbac/1.36.json' with { type: 'json' }
import v137 from '../../../data/default-rbac/1.37.json' with { type: 'json' }
import kubeadm from '../../../data/default-rbac/kubeadm.json' with { type: 'json' }
import { asList, asString, valueAt, type JsonObject } from '../../model/index.js'

/** Roles and bindings that exist without anybody writing them, of one version of Kubernetes or of kubeadm. */
export interface DefaultObjects {
  readonly owner: 'kubernetes' | 'kubeadm'
  /** Minor version: `1.36`. */
  readonly minor: string
  readonly source: string
  /** Complete objects: apiVersion, kind, metadata, rules, subjects, roleRef. */
  readonly objects: readonly JsonObject[]
  /** Objects by kind, namespace and name; two where feature gates change one. */
  readonly byKey: ReadonlyMap<string, readonly JsonObject[]>
}

/** `ClusterRole//cluster-admin`, `Role/kube-system/kube-proxy`. */
export function defaultKey(kind: string, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`
}

let read: readonly DefaultObjects[] | undefined

/** What Kubernetes 1.31 to 1.37 and kubeadm make by themselves; versions in order, kubeadm last. */
export function allDefaultObjects(): readonly DefaultObjects[] {
  read ??= [
    ...[v131, v132, v133, v134, v135, v136, v137].map((data) => defaultObjects('kubernetes', data)),
    defaultObjects('kubeadm', kubeadm),
  ]
  return read
}

function defaultObjects(owner: DefaultObjects['owner'], data: unknown): DefaultObjects {
  const text = (key: string): string => asString(valueAt(data, [key])) ?? ''
  const list = (key: string): JsonObject[] => asList(valueAt(data, [key])) as JsonObject[]
  const objects = list('objects')
  const byKey = new Map<string, JsonObject[]>()
  for (const object of [...objects, ...list('withAllFeatureGates')]) {
    const at = (...path: string[]): string => asString(valueAt(object, path)) ?? ''
    const key = defaultKey(at('kind'), at('metadata', 'namespace'), at('metadata', 'name'))
    const same = byKey.get(key)
    if (same === undefined) byKey.set(key, [object])
    else same.push(object)
  }
  const minor = text('kubernetes').split('.').slice(0, 2).join('.')
  return { owner, minor, source: text('source'), objects, byKey }
}
