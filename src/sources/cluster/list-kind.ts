import { redactObject, refOf } from '../../kube/index.js'
import type { JsonObject, KubeObject } from '../../model/index.js'
import type { ClusterDoor, DoorPage } from './cluster-door.js'
import { sliceAt } from './object-text.js'
import { secretsOfTable, SECRET_TABLE } from './secret-table.js'
import type { WantedList } from './wanted-kinds.js'

/** Objects of one kind, page by page: a page is gone before the next one comes. Secrets come without values. */
export async function listKind(
  door: ClusterDoor,
  wanted: WantedList,
  namespace: string | undefined,
  onCount: (read: number, all: number) => void,
): Promise<{ readonly objects: KubeObject[]; readonly consistent: boolean }> {
  const isSecret = wanted.group === '' && wanted.kind === 'Secret'
  let objects: KubeObject[] = []
  let consistent = true
  const pages = door.list(listPath(wanted, namespace), isSecret ? { accept: SECRET_TABLE } : {})
  for await (const page of pages) {
    if (page.restarted) objects = []
    if (!page.consistent) ({ consistent } = page)
    for (const item of itemsOf(page, isSecret)) objects.push(objectOf(item, wanted))
    onCount(objects.length, objects.length + (page.remaining ?? 0))
  }
  return { objects, consistent }
}

/** A server that knows no tables gives values: they are dropped here, before anything else sees them. */
function itemsOf(page: DoorPage, isSecret: boolean): readonly JsonObject[] {
  return (isSecret ? secretsOfTable(page.body) : undefined) ?? page.items
}

/** One object, as a list or its own path gives it. */
export function objectOf(item: JsonObject, wanted: WantedList): KubeObject {
  const apiVersion = wanted.group === '' ? wanted.version : `${wanted.group}/${wanted.version}`
  // Members of a list do not say what they are; what a list says of them stands above them.
  const content = redactObject({ apiVersion, kind: wanted.kind, ...item })
  const ref = refOf(content)
  return { ref, content, source: 'cluster', slice: sliceAt(objectPath(wanted, ref)) }
}

/** The path of a list: of the whole cluster, or of one namespace. */
export function listPath({ group, version, resource, namespaced }: WantedList, namespace?: string): string {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
  const within = namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : ''
  return `${root}${within}/${resource}`
}

function objectPath(wanted: WantedList, ref: { readonly namespace: string; readonly name: string }): string {
  return `${listPath(wanted, ref.namespace === '' ? undefined : ref.namespace)}/${ref.name}`
}
