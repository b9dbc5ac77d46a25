import { unknown } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { node } from './example-node.js'
import { AS_OF, endOfLife, isOver, NEWEST_RELEASE } from './kubernetes-releases.js'
import { builderOf, nodeInfo, releaseLine } from './node-info.js'

export const nodeVersionUnsupported = defineCheck({
  id: 'node-version-unsupported',
  title: 'The kubelet of a node is of a release that gets no fixes',
  severity: 'medium',
  because: 'flaws that are found from now on stay open; low for builds whose maker may still mend them',
  reach: 'pod',
  appliesTo: 'object',
  kinds: ['Node'],
  why: 'Kubernetes mends its three newest minor releases. What is found in an older one is published and stays.',
  references: ['https://kubernetes.io/releases/', 'https://kubernetes.io/releases/version-skew-policy/'],
  evaluate({ object }, report) {
    const version = nodeInfo(object, 'kubeletVersion')
    if (!version.known) return report.unknown(version)
    const line = releaseLine(version.value)
    if (line === undefined || line[0] !== 1) {
      return report.unknown(
        unknown('unparsable', `\`${version.value}\` is no version of Kubernetes`, version.origin),
      )
    }
    const end = endOfLife(line[1])
    if (end === undefined) {
      const detail = `Kubernetes 1.${line[1]} is newer than the list of releases of ${AS_OF}`
      return report.unknown(unknown('version-unknown', detail, version.origin))
    }
    if (!isOver(end)) return
    const provider = builderOf(object, version.value)
    const since = end === 'long ago' ? 'for years' : `since ${end}`
    report.fail(
      { origin: version.origin, message: `kubelet ${version.value}` },
      {
        message: `Kubernetes 1.${line[1]} gets no fixes ${since} (as of ${AS_OF})`,
        ...(provider === undefined
          ? {}
          : {
              severity: 'low' as const,
              because: `it is a build of ${provider}, which may go on mending it: see its own dates`,
            }),
        fix: advice(
          `Upgrade, one minor release at a time and the control plane first, to one that gets fixes (the newest is ${NEWEST_RELEASE}).`,
          { breaks: 'workloads that use APIs which are gone; pods move while their node is drained' },
        ),
      },
    )
  },
  examples: {
    bad: { manifests: node('worker-1', { info: 'kubeletVersion: v1.29.3' }) },
    good: { manifests: node('worker-1', { info: 'kubeletVersion: v1.36.2' }) },
  },
})
