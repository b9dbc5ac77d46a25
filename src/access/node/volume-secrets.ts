import { asString, field, isObject, valueAt, type JsonObject } from '../../model/index.js'

export interface SecretName {
  readonly namespace: string
  readonly name: string
}

/** Kinds of volume whose Secret is looked for in the claim's namespace when none is named. */
const CLAIM_NAMESPACE = ['cephfs', 'flexVolume', 'rbd', 'scaleIO', 'iscsi'] as const
const OWN_NAMESPACE = ['cinder', 'storageos'] as const
const CSI_REFERENCES = ['nodePublishSecretRef', 'nodeStageSecretRef', 'nodeExpandSecretRef'] as const
const ORDER = ['azureFile', 'cephfs', 'cinder', 'flexVolume', 'rbd', 'scaleIO', 'iscsi', 'storageos', 'csi']

/**
 * The Secrets that a kubelet reads to mount a PersistentVolume.
 * Source: kubernetes v1.36.2 pkg/api/v1/persistentvolume/util.go, VisitPVSecretNames: those that kubelets see.
 */
export function volumeSecretsOf(volume: JsonObject): SecretName[] {
  const spec = field(volume, 'spec')
  const claimNamespace = asString(valueAt(spec, ['claimRef', 'namespace'])) ?? ''
  const source = ORDER.find((name) => isObject(field(spec, name)))
  if (source === undefined) return []
  const at = (...path: string[]): string => asString(valueAt(spec, [source, ...path])) ?? ''
  const secrets: SecretName[] = []
  if (source === 'azureFile') {
    secrets.push({ namespace: at('secretNamespace') || claimNamespace, name: at('secretName') })
  } else if (source === 'csi') {
    for (const reference of CSI_REFERENCES)
      secrets.push({ namespace: at(reference, 'namespace'), name: at(reference, 'name') })
  } else if ((CLAIM_NAMESPACE as readonly string[]).includes(source)) {
    secrets.push({ namespace: at('secretRef', 'namespace') || claimNamespace, name: at('secretRef', 'name') })
  } else if ((OWN_NAMESPACE as readonly string[]).includes(source)) {
    secrets.push({ namespace: at('secretRef', 'namespace'), name: at('secretRef', 'name') })
  }
  return secrets.filter(({ name }) => name !== '')
}
