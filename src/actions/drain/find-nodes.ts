import type { ApiClient } from '../../client/index.js'
import { RampartError, type JsonObject } from '../../model/index.js'
import { goQuote } from '../../text/index.js'
import { nodePath } from './cordon.js'
import { statusError, type DrainError } from './drain-error.js'
import { isLabelSelector } from './selector-text.js'

/** Which nodes are meant: by names, or by labels. */
export interface NodeChoice {
  readonly names: readonly string[]
  /** Label selector; empty where names are given. */
  readonly selector: string
  readonly chunkSize: number
}

/** The nodes, or the first error: then nothing is to be done to any of them. Throws RampartError for wrong names. */
export async function findNodes(
  client: ApiClient,
  { names, selector, chunkSize }: NodeChoice,
  signal?: AbortSignal,
): Promise<readonly JsonObject[] | DrainError> {
  const wanted = names.map(nodeName)
  if (!isLabelSelector(selector))
    throw new RampartError('usage', `--selector: ${goQuote(selector)} is no label selector`)
  const nodes: JsonObject[] = []
  try {
    for (const name of wanted) nodes.push(await client.getJson(nodePath(name), undefined, signal))
    if (selector === '') return nodes
    const query = { labelSelector: selector }
    for await (const page of client.list('/api/v1/nodes', {
      limit: chunkSize,
      query,
      ...(signal === undefined ? {} : { signal }),
    })) {
      if (page.restarted) nodes.length = 0
      nodes.push(...page.items)
    }
    return nodes
  } catch (thrown) {
    return statusError(thrown)
  }
}

/** `node/NAME` means the same as NAME; other kinds cannot be drained. */
function nodeName(text: string): string {
  const slash = text.indexOf('/')
  if (slash < 0) {
    if (text === '') throw new RampartError('usage', 'a node needs a name')
    return text
  }
  const [kind, name] = [text.slice(0, slash), text.slice(slash + 1)]
  if (name === '' || name.includes('/'))
    throw new RampartError('usage', `${goQuote(text)}: write NAME or node/NAME`)
  if (!['node', 'nodes', 'no'].includes(kind.toLowerCase()))
    throw new RampartError('usage', `${goQuote(text)}: nodes alone can be drained, not ${goQuote(kind)}`)
  return name
}
