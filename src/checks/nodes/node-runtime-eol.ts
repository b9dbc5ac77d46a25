import data from '../../../data/container-runtimes.json' with { type: 'json' }
import { asString, unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { node } from './example-node.js'
import { endOfLife } from './kubernetes-releases.js'
import { builderOf, nodeInfo, releaseLine } from './node-info.js'

interface Line {
  readonly name: string
  /** The day after which it gets no fixes; undefined for lines that the data do not know. */
  readonly end: string | undefined
}

/** `containerd://2.1.4`, `cri-o://1.34.1`, `docker://27.0.3`; undefined for other runtimes. */
function lineOf(runtime: string): Line | undefined {
  const found = /^([\w-]+):\/\/(.+)$/.exec(runtime)
  const line = releaseLine(found?.[2] ?? '')
  if (found === null || line === undefined) return undefined
  const [major, minor] = line
  switch (found[1]) {
    case 'containerd':
      return { name: `containerd ${major}.${minor}`, end: containerdEnd(`${major}.${minor}`) }
    case 'cri-o':
      return { name: `CRI-O ${major}.${minor}`, end: major === 1 ? endOfLife(minor) : undefined }
    default:
      return undefined
  }
}

function containerdEnd(line: string): string | undefined {
  return data.containerd.find((each) => each.line === line)?.endOfLife
}

export const nodeRuntimeEol = defineCheck({
  id: 'node-runtime-eol',
  title: 'The container runtime of a node gets no fixes',
  severity: 'medium',
  because:
    'the runtime is what keeps containers in; flaws that are found from now on stay open; low where a provider or distribution builds it',
  reach: 'pod',
  appliesTo: 'object',
  kinds: ['Node'],
  why: 'Ways out of containers are found every year, most of them in the runtime. Without fixes each one stays usable from any pod of the node.',
  references: ['https://containerd.io/releases/', 'https://github.com/cri-o/cri-o'],
  evaluate({ object }, report) {
    const runtime = nodeInfo(object, 'containerRuntimeVersion')
    if (!runtime.known) return report.unknown(runtime)
    const line = lineOf(runtime.value)
    // Docker is judged on its host, where its build can be told.
    if (line === undefined && runtime.value.startsWith('docker://')) return
    if (line?.end === undefined) {
      const detail = `the support times of \`${runtime.value}\` are not known (as of ${data.asOf})`
      return report.unknown(unknown('version-unknown', detail, runtime.origin))
    }
    if (line.end !== 'long ago' && line.end >= data.asOf) return
    const builder = builderOf(
      object,
      asString(valueAt(object.content, ['status', 'nodeInfo', 'kubeletVersion'])) ?? '',
    )
    const since = line.end === 'long ago' ? 'for years' : `since ${line.end}`
    report.fail(
      { origin: runtime.origin, message: runtime.value },
      {
        message: `${line.name} gets no fixes from its project ${since} (as of ${data.asOf})`,
        ...(builder === undefined
          ? {}
          : { severity: 'low' as const, because: `${builder} builds it and may carry fixes of its own` }),
        fix: advice(
          'Upgrade the runtime with the node drained; where a provider or distribution builds it, upgrade the node image or the distribution, which may carry fixes of its own.',
          { breaks: 'pods move while the node is drained' },
        ),
      },
    )
  },
  examples: {
    bad: { manifests: node('worker-1', { info: 'containerRuntimeVersion: "containerd://1.6.33"' }) },
    good: { manifests: node('worker-1', { info: 'containerRuntimeVersion: "containerd://2.3.1"' }) },
  },
})
