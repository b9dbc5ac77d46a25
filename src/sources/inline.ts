import {
  type Estate,
  type EstateInput,
  type Host,
  type KubeObject,
  type Problem,
  type SourceSummary,
} from '../model/index.js'
import { composeEstate } from './compose.js'
import { containerObjects, memoryFs, readHost, staticPodObjects } from './host/index.js'
import { readManifestText } from './manifests/index.js'

/** The file name under which inline manifests appear. */
const INLINE_FILE = 'manifests.yaml'

/** An estate from texts given in place: examples of checks, tests, and callers of the library. */
export async function estateFrom(input: EstateInput): Promise<Estate> {
  const objects: KubeObject[] = []
  const problems: Problem[] = []
  const sources: SourceSummary[] = []
  const texts = new Map<string, string>()
  if (input.manifests !== undefined) {
    const read = readManifestText(input.manifests, INLINE_FILE)
    objects.push(...read.objects)
    problems.push(...read.problems)
    texts.set(INLINE_FILE, input.manifests)
    sources.push({
      kind: 'manifests',
      name: INLINE_FILE,
      objects: read.objects.length,
      files: 1,
      complete: input.complete ?? false,
    })
  }
  const hosts: Host[] = []
  for (const [name, given] of Object.entries(input.hosts ?? {})) {
    const host = await readHost(memoryFs(given.files ?? {}, given.processes, given.copied), {
      name,
      root: name,
    })
    const pods = staticPodObjects(host)
    hosts.push(host)
    const containers = containerObjects(host)
    objects.push(...pods.objects, ...containers)
    problems.push(...host.problems, ...pods.problems)
    sources.push({
      kind: 'host',
      name,
      objects: pods.objects.length + containers.length,
      files: host.files.size,
      complete: false,
    })
  }
  const read = (file: string, host: string | undefined): string | undefined =>
    host === undefined ? texts.get(file) : hosts.find((each) => each.name === host)?.files.get(file)?.text
  return composeEstate({ objects, hosts, problems, sources, readFile: read })
}
