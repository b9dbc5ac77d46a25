import { CONFIGZ_API, CONFIGZ_KIND } from '../../kube/index.js'
import { asObject, RampartError, type JsonObject, type KubeObject } from '../../model/index.js'
import { statusOf, type ClusterDoor } from './cluster-door.js'
import { sliceAt } from './object-text.js'

/** Nodes that are asked at the same time: each question is one from the API server to a kubelet. */
const AT_ONCE = 10
/** A kubelet that does not answer the API server soon is down. */
const ANSWER_WITHIN = 20_000

/**
 * The configuration that each kubelet runs with, as it tells it itself through the API server, in the order of the
 * names. A node that does not tell is there too, with the reason.
 */
export async function kubeletConfigs(
  door: ClusterDoor,
  nodes: readonly string[],
  onNode: (done: number) => void,
): Promise<KubeObject[]> {
  const found = new Map<string, KubeObject>()
  const next = nodes.values()
  const worker = async (): Promise<void> => {
    for (const node of next) {
      found.set(node, await configOf(door, node))
      onNode(found.size)
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, nodes.length) }, worker))
  return nodes.flatMap((node) => found.get(node) ?? [])
}

async function configOf(door: ClusterDoor, node: string): Promise<KubeObject> {
  const path = `/api/v1/nodes/${encodeURIComponent(node)}/proxy/configz`
  const limit = AbortSignal.timeout(ANSWER_WITHIN)
  try {
    const config = asObject((await door.getJson(path, undefined, limit)).kubeletconfig)
    if (Object.keys(config).length > 0) return configObject(node, path, config)
    return configObject(node, path, { unread: `GET ${path}: the answer holds no \`kubeletconfig\`` })
  } catch (error) {
    // A node that is down is no reason to end: the other nodes answer.
    if (!(error instanceof RampartError) || statusOf(error) === 401) throw error
    const late = limit.aborted ? `GET ${path}: no answer within ${ANSWER_WITHIN / 1000} s` : error.message
    return configObject(node, path, { unread: late })
  }
}

function configObject(name: string, path: string, config: JsonObject): KubeObject {
  return {
    ref: { ...CONFIGZ_API, kind: CONFIGZ_KIND, namespace: '', name },
    content: {
      ...config,
      apiVersion: `${CONFIGZ_API.group}/${CONFIGZ_API.version}`,
      kind: CONFIGZ_KIND,
      metadata: { name },
    },
    source: 'cluster',
    slice: sliceAt(path),
  }
}
