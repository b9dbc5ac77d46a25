import { deprecatedRequestOf, FACTS_API, FACTS_KIND } from '../../kube/index.js'
import { asString, RampartError, type JsonObject, type KubeObject } from '../../model/index.js'
import { statusOf, type ClusterDoor } from './cluster-door.js'
import { sliceAt } from './object-text.js'

/** More deprecated APIs than there ever were. */
const MOST = 1000

/**
 * What the API server says of itself: its version, and which deprecated APIs it was asked for. Behind a load balancer it
 * is one of several, and the others may have been asked for more.
 */
export async function serverFacts(door: ClusterDoor): Promise<KubeObject> {
  const content: JsonObject = {
    apiVersion: `${FACTS_API.group}/${FACTS_API.version}`,
    kind: FACTS_KIND,
    metadata: { name: door.name },
  }
  try {
    const version = asString((await door.getJson('/version')).gitVersion)
    if (version !== undefined) content.gitVersion = version
    content.deprecated = await deprecated(door)
  } catch (error) {
    // Who may not read metrics is told so, and everything else goes on.
    if (!(error instanceof RampartError) || statusOf(error) === 401) throw error
    content.unread = error.message
  }
  return {
    ref: { ...FACTS_API, kind: FACTS_KIND, namespace: '', name: door.name },
    content,
    source: 'cluster',
    slice: sliceAt('/metrics'),
  }
}

async function deprecated(door: ClusterDoor): Promise<JsonObject[]> {
  const found: JsonObject[] = []
  for await (const line of door.lines('/metrics')) {
    const request = deprecatedRequestOf(line)
    if (request !== undefined && found.length < MOST) found.push(request)
  }
  return found
}
