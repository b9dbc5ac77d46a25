import { asObject, field, type KubeObject } from '../../model/index.js'
import { secretLines, secretSign } from '../../text/index.js'
import { placeOf, type SecretPlace } from './secret-place.js'

/** ConfigMaps of Kubernetes itself that hold public things alone. */
const PUBLIC = /^(?:kube-root-ca\.crt|extension-apiserver-authentication|cluster-info)$/

/** The secrets in the data of a ConfigMap: under telling keys, and in the lines of files. */
export function secretsInConfigMap(object: KubeObject): SecretPlace[] {
  if (PUBLIC.test(object.ref.name)) return []
  return Object.entries(asObject(field(object.content, 'data'))).flatMap(([key, value]) => {
    if (typeof value !== 'string') return []
    const path = ['data', key]
    if (value.includes('\n')) return secretLines(value).map((found) => placeOf(object, path, found))
    const sign = secretSign(key, value)
    if (sign !== undefined) return [placeOf(object, path, { name: key, value, sign })]
    // One pair in a file of its own.
    return secretLines(value).map((found) => placeOf(object, path, found))
  })
}
