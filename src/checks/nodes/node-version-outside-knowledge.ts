import { isKnownMinor, KNOWN_VERSIONS } from '../../kube/index.js'
import { unknown, type Fact, type KubeObject } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { node } from './example-node.js'
import { nodeInfo, releaseLine } from './node-info.js'

export const nodeVersionOutsideKnowledge = defineCheck({
  id: 'node-version-outside-knowledge',
  title: 'A version of Kubernetes is outside of what Rampart knows',
  severity: 'info',
  because:
    'defaults, flags and plug-ins of the nearest known version are taken for it: answers that rest on them may be wrong',
  reach: 'host',
  appliesTo: 'estate',
  why: 'What is not set is judged by the defaults of the version found. Of a version outside of the known ones the nearest is taken.',
  references: ['https://kubernetes.io/releases/'],
  evaluate({ index }, report) {
    const nodes = index.ofKind('', 'Node')
    if (nodes.length === 0) return report.notApplicable('no Node was read')
    const outside = new Map<
      number,
      { readonly node: KubeObject; readonly version: Fact<string> & { known: true } }
    >()
    let untold: Extract<Fact<string>, { known: false }> | undefined
    for (const object of nodes) {
      const version = nodeInfo(object, 'kubeletVersion')
      if (!version.known) {
        untold ??= version
        continue
      }
      const line = releaseLine(version.value)
      if (line?.[0] !== 1)
        untold ??= unknown('unparsable', `\`${version.value}\` is no version of Kubernetes`, version.origin)
      else if (!isKnownMinor(line[1]) && !outside.has(line[1]))
        outside.set(line[1], { node: object, version })
    }
    for (const [minor, { version }] of outside) {
      const message = `Kubernetes 1.${minor} is judged by what is known of ${KNOWN_VERSIONS}`
      report.fail(
        { origin: version.origin, message: `kubelet ${version.value}`, key: `1.${minor}` },
        {
          message,
          fix: advice(
            'Read the answers about defaults with care, or take an edition of Rampart that knows this version.',
          ),
        },
      )
    }
    if (untold !== undefined && outside.size === 0) report.unknown(untold)
  },
  examples: {
    bad: { manifests: node('worker-1', { info: 'kubeletVersion: v1.29.3' }) },
    good: { manifests: node('worker-1', { info: 'kubeletVersion: v1.36.2' }) },
  },
})
