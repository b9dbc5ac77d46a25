import { redactObject, refOf, renderedByHelm } from '../../kube/index.js'
import { field, type KubeObject } from '../../model/index.js'
import type { ClusterDoor } from './cluster-door.js'
import { listPath } from './list-kind.js'
import { sliceAt } from './object-text.js'

const SECRETS = { group: '', version: 'v1', kind: 'Secret', resource: 'secrets', namespaced: true } as const

/**
 * The releases of Helm that are in force, each as a Secret without values and with what it made. Values are dropped page
 * by page. Source: helm v3.19 pkg/storage/driver/secrets.go, newSecretsObject (labels owner and status).
 */
export async function helmReleases(
  door: ClusterDoor,
  namespace: string | undefined,
  onCount: (read: number) => void,
): Promise<KubeObject[]> {
  let found: KubeObject[] = []
  const path = listPath(SECRETS, namespace)
  for await (const page of door.list(path, { query: { labelSelector: 'owner=helm,status=deployed' } })) {
    if (page.restarted) found = []
    for (const item of page.items) {
      const secret = { apiVersion: 'v1', kind: 'Secret', ...item }
      const rendered = renderedByHelm(secret)
      const content = redactObject(secret)
      const ref = refOf(content)
      if (field(content, 'type') !== 'helm.sh/release.v1') continue
      found.push({
        ref,
        content,
        source: 'cluster',
        slice: sliceAt(`${listPath(SECRETS, ref.namespace)}/${ref.name}`),
        ...(rendered.length === 0 ? {} : { rendered }),
      })
    }
    onCount(found.length)
  }
  return found
}
