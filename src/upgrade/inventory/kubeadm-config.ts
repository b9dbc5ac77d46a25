import type { ObjectIndex } from '../../kube/index.js'
import { asString, isObject, valueAt, type JsonObject, type JsonValue } from '../../model/index.js'
import { readYaml } from '../../text/index.js'

/** The ClusterConfiguration that kubeadm keeps in its ConfigMap; undefined where it was not read. */
export function clusterConfiguration(
  index: ObjectIndex,
): { readonly text: string; readonly value: JsonObject } | undefined {
  const map = index.get('', 'ConfigMap', 'kube-system', 'kubeadm-config')
  const text = asString(valueAt(map?.content, ['data', 'ClusterConfiguration']))
  if (text === undefined) return undefined
  const { value } = readYaml(text)
  return isObject(value) ? { text, value } : undefined
}

/**
 * Flags that kubeadm hands to a component: a map until v1beta3, a list of names and values since v1beta4.
 * Source: kubeadm.k8s.io v1beta3 and v1beta4, ControlPlaneComponent.extraArgs.
 */
export function extraArgs(value: JsonValue | undefined): readonly (readonly [name: string, value: string])[] {
  if (Array.isArray(value)) {
    return value.flatMap((arg) => {
      const name = asString(valueAt(arg, ['name']))
      return name === undefined ? [] : [[name, asString(valueAt(arg, ['value'])) ?? ''] as const]
    })
  }
  if (!isObject(value)) return []
  return Object.entries(value).map(
    ([name, text]) => [name, asString(text) ?? JSON.stringify(text ?? '')] as const,
  )
}
