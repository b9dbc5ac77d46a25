import {
  asList,
  asString,
  field,
  isObject,
  valueAt,
  type JsonObject,
  type JsonValue,
} from '../../model/index.js'

/** Kinds of object that a pod's node may read because of the pod. */
export type ReferencedKind =
  'serviceaccounts' | 'secrets' | 'configmaps' | 'persistentvolumeclaims' | 'resourceclaims'

export interface PodReference {
  readonly kind: ReferencedKind
  /** In the pod's namespace; never empty. */
  readonly name: string
}

/**
 * Everything in the pod's namespace that its node may read. A mirror pod gives nothing, so that no node can make a
 * pod that widens its own access.
 * Source: kubernetes v1.36.2 plugin/pkg/auth/authorizer/node/graph.go, AddPod, and pkg/api/v1/pod/util.go.
 */
export function podReferences(pod: JsonObject): PodReference[] {
  if (field(valueAt(pod, ['metadata', 'annotations']), 'kubernetes.io/config.mirror') !== undefined) return []
  const spec = field(pod, 'spec')
  const containers = ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) =>
    asList(field(spec, list)),
  )
  const volumes = asList(field(spec, 'volumes'))
  const found: [ReferencedKind, (JsonValue | undefined)[]][] = [
    ['serviceaccounts', [field(spec, 'serviceAccountName')]],
    [
      'secrets',
      [
        ...asList(field(spec, 'imagePullSecrets')).map((each) => field(each, 'name')),
        ...containers.flatMap((each) => environmentNames(each, 'secretRef', 'secretKeyRef')),
        ...volumes.flatMap(volumeSecrets),
      ],
    ],
    [
      'configmaps',
      [
        ...containers.flatMap((each) => environmentNames(each, 'configMapRef', 'configMapKeyRef')),
        ...volumes.flatMap(volumeConfigMaps),
      ],
    ],
    ['persistentvolumeclaims', volumes.map((volume) => claimOf(pod, volume))],
    ['resourceclaims', resourceClaims(pod)],
  ]
  return found.flatMap(([kind, names]) =>
    names.flatMap((name) => (typeof name === 'string' && name !== '' ? [{ kind, name }] : [])),
  )
}

function environmentNames(container: JsonValue, whole: string, key: string): (JsonValue | undefined)[] {
  return [
    ...asList(field(container, 'envFrom')).map((each) => valueAt(each, [whole, 'name'])),
    ...asList(field(container, 'env')).map((each) => valueAt(each, ['valueFrom', key, 'name'])),
  ]
}

/** Where each kind of volume names its Secret. Of a volume with several sources the first of this order counts. */
const VOLUME_SECRETS: readonly (readonly [source: string, ...path: string[]])[] = [
  ['azureFile', 'secretName'],
  ['cephfs', 'secretRef', 'name'],
  ['cinder', 'secretRef', 'name'],
  ['flexVolume', 'secretRef', 'name'],
  ['projected'],
  ['rbd', 'secretRef', 'name'],
  ['secret', 'secretName'],
  ['scaleIO', 'secretRef', 'name'],
  ['iscsi', 'secretRef', 'name'],
  ['storageos', 'secretRef', 'name'],
  ['csi', 'nodePublishSecretRef', 'name'],
]

function volumeSecrets(volume: JsonValue): (JsonValue | undefined)[] {
  const found = VOLUME_SECRETS.find(([source]) => isObject(field(volume, source)))
  if (found === undefined) return []
  return found[0] === 'projected' ? projectedNames(volume, 'secret') : [valueAt(volume, found)]
}

function volumeConfigMaps(volume: JsonValue): (JsonValue | undefined)[] {
  if (isObject(field(volume, 'projected'))) return projectedNames(volume, 'configMap')
  return [valueAt(volume, ['configMap', 'name'])]
}

function projectedNames(volume: JsonValue, kind: string): (JsonValue | undefined)[] {
  return asList(valueAt(volume, ['projected', 'sources'])).map((source) => valueAt(source, [kind, 'name']))
}

/** A claim that is named, or the one that is made for an ephemeral volume: `POD-VOLUME`. */
function claimOf(pod: JsonObject, volume: JsonValue): string | undefined {
  const claim = field(volume, 'persistentVolumeClaim')
  if (isObject(claim)) return asString(field(claim, 'claimName'))
  if (!isObject(field(volume, 'ephemeral'))) return undefined
  const name = (of: unknown): string => asString(field(of, 'name')) ?? ''
  return `${name(field(pod, 'metadata'))}-${name(volume)}`
}

/** Source: dynamic-resource-allocation resourceclaim/resourceclaim.go, Name. */
function resourceClaims(pod: JsonObject): (JsonValue | undefined)[] {
  const statuses = asList(valueAt(pod, ['status', 'resourceClaimStatuses']))
  const claims = asList(valueAt(pod, ['spec', 'resourceClaims'])).map((claim) => {
    const named = field(claim, 'resourceClaimName') ?? undefined
    if (named !== undefined) return named
    if ((field(claim, 'resourceClaimTemplateName') ?? undefined) === undefined) return undefined
    const status = statuses.find((each) => field(each, 'name') === (field(claim, 'name') ?? ''))
    return field(status, 'resourceClaimName')
  })
  return [...claims, valueAt(pod, ['status', 'extendedResourceClaimStatus', 'resourceClaimName'])]
}
