import {
  asList,
  asNumber,
  asString,
  field,
  valueAt,
  type JsonPath,
  type KubeObject,
} from '../../model/index.js'
import type { ObjectIndex } from '../../kube/index.js'
import type { WorkloadSubject } from '../define-check.js'

/** A PersistentVolumeClaim that pods of a workload mount. */
export interface ClaimedVolume {
  /** The name under which containers mount it. */
  readonly volume: string
  readonly claim: string
  /** Where the pod names it, from the pod. */
  readonly at: JsonPath
  /** What it is bound to: undefined when neither side says so. */
  readonly bound?: { readonly name: string; readonly object: KubeObject | undefined }
}

/** More pods of one StatefulSet than that are alike. */
const MOST_REPLICAS = 100

/** The claims of a workload, and the volumes behind them as far as they were read. */
export function claimedVolumes({ object, template, index }: WorkloadSubject): ClaimedVolume[] {
  const { namespace } = object.ref
  const named = asList(template.spec.volumes).flatMap((volume, at): ClaimedVolume[] => {
    const claim = asString(valueAt(volume, ['persistentVolumeClaim', 'claimName']))
    const name = asString(field(volume, 'name'))
    if (claim === undefined || name === undefined) return []
    const path = ['spec', 'volumes', at, 'persistentVolumeClaim']
    return [{ volume: name, claim, at: path, ...boundTo(index, namespace, claim) }]
  })
  return [...named, ...claimsOfStatefulSet(object, index)]
}

/** Claims that a StatefulSet made: `TEMPLATE-NAME-0` and so on; those that were not read say nothing. */
function claimsOfStatefulSet({ ref, content }: KubeObject, index: ObjectIndex): ClaimedVolume[] {
  if (ref.kind !== 'StatefulSet') return []
  const replicas = Math.min(asNumber(valueAt(content, ['spec', 'replicas'])) ?? 1, MOST_REPLICAS)
  return asList(valueAt(content, ['spec', 'volumeClaimTemplates'])).flatMap((template) => {
    const volume = asString(valueAt(template, ['metadata', 'name']))
    if (volume === undefined) return []
    for (let ordinal = 0; ordinal < replicas; ordinal += 1) {
      const claim = `${volume}-${ref.name}-${ordinal}`
      const bound = boundTo(index, ref.namespace, claim)
      if (bound.bound?.object !== undefined) return [{ volume, claim, at: ['spec', 'volumes'], ...bound }]
    }
    return []
  })
}

function boundTo(index: ObjectIndex, namespace: string, claim: string): Pick<ClaimedVolume, 'bound'> {
  const object = index.get('', 'PersistentVolumeClaim', namespace, claim)
  const name = asString(valueAt(object?.content, ['spec', 'volumeName']))
  const volume =
    name === undefined || name === ''
      ? volumesByClaim(index).get(`${namespace}/${claim}`)
      : index.get('', 'PersistentVolume', '', name)
  if (volume !== undefined) return { bound: { name: volume.ref.name, object: volume } }
  return name === undefined || name === '' ? {} : { bound: { name, object: undefined } }
}

const made = new WeakMap<ObjectIndex, ReadonlyMap<string, KubeObject>>()

/** Volumes by the claim that they wait for or serve; made once for an estate. */
function volumesByClaim(index: ObjectIndex): ReadonlyMap<string, KubeObject> {
  let volumes = made.get(index)
  if (volumes === undefined) {
    volumes = new Map(
      index.ofKind('', 'PersistentVolume').flatMap((volume): [string, KubeObject][] => {
        const claim = valueAt(volume.content, ['spec', 'claimRef'])
        const name = asString(field(claim, 'name'))
        return name === undefined ? [] : [[`${asString(field(claim, 'namespace')) ?? ''}/${name}`, volume]]
      }),
    )
    made.set(index, volumes)
  }
  return volumes
}
