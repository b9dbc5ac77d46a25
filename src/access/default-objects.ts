import { allDefaultObjects } from '../kube/index.js'
import { asString, valueAt, type KubeObject } from '../model/index.js'

/** The minor versions whose default roles and bindings are known: `1.33`. */
export function defaultVersions(): string[] {
  return allDefaultObjects().flatMap(({ owner, minor }) => (owner === 'kubernetes' ? [minor] : []))
}

/**
 * The roles and bindings that an API server of a minor version (`1.36`) makes when it starts, and those of kubeadm.
 * Their `slice.file` says whose they are. Undefined for a version that is not known.
 */
export function defaultAccessObjects(minor: string, kubeadm: boolean): KubeObject[] | undefined {
  const all = allDefaultObjects()
  const kubernetes = all.find((each) => each.owner === 'kubernetes' && each.minor === minor)
  if (kubernetes === undefined) return undefined
  const sources = kubeadm ? [kubernetes, ...all.filter(({ owner }) => owner === 'kubeadm')] : [kubernetes]
  return sources.flatMap(({ owner, objects }) => {
    const file = owner === 'kubeadm' ? '(made by kubeadm)' : `(made by Kubernetes ${minor})`
    return objects.map((content): KubeObject => {
      const at = (...path: string[]): string => asString(valueAt(content, path)) ?? ''
      return {
        ref: {
          group: 'rbac.authorization.k8s.io',
          version: 'v1',
          kind: at('kind'),
          namespace: at('metadata', 'namespace'),
          name: at('metadata', 'name'),
        },
        content,
        source: 'manifest',
        slice: { file, format: 'json', offset: 0, length: 0, line: 1, column: 1 },
      }
    })
  })
}

/** Whether an object was added by `defaultAccessObjects`. */
export function isMadeByDefault({ slice }: KubeObject): boolean {
  return slice.file.startsWith('(made by ')
}
