import type { ObjectIndex } from '../../kube/index.js'
import { asString, unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { advice } from '../precondition.js'
import { node } from './example-node.js'
import { AS_OF, KUBELET_SKEW } from './kubernetes-releases.js'
import { nodeInfo, releaseLine } from './node-info.js'
import { oldestServer } from './server-version.js'

const newest = new WeakMap<ObjectIndex, number>()

/** The newest kubelet: without an API server that was read, the least that it can be. */
function newestKubelet(index: ObjectIndex): number {
  let minor = newest.get(index)
  if (minor === undefined) {
    minor = -1
    for (const { content } of index.ofKind('', 'Node')) {
      const line = releaseLine(asString(valueAt(content, ['status', 'nodeInfo', 'kubeletVersion'])) ?? '')
      if (line?.[0] === 1 && line[1] > minor) minor = line[1]
    }
    newest.set(index, minor)
  }
  return minor
}

export const nodeSkew = defineCheck({
  id: 'node-skew',
  title: 'The kubelet of a node is too far from the API server',
  severity: 'medium',
  because: 'such a pair is tested by nobody: fields that protect a pod may be ignored without a word',
  reach: 'pod',
  appliesTo: 'object',
  kinds: ['Node'],
  why: 'An old kubelet does not know newer fields and runs the pod without them; a kubelet newer than the API server is not supported at all.',
  references: ['https://kubernetes.io/releases/version-skew-policy/'],
  evaluate({ object, index }, report) {
    const version = nodeInfo(object, 'kubeletVersion')
    if (!version.known) return report.unknown(version)
    const line = releaseLine(version.value)
    if (line === undefined || line[0] !== 1) {
      return report.unknown(
        unknown('unparsable', `\`${version.value}\` is no version of Kubernetes`, version.origin),
      )
    }
    const [, minor] = line
    const server = oldestServer(index)
    const least = server?.minor ?? newestKubelet(index)
    const allowed = minor < 25 ? KUBELET_SKEW.olderBelow125 : KUBELET_SKEW.older
    const of = server === undefined ? `at least 1.${least}, as another kubelet` : `1.${least}`
    const evidence = { origin: version.origin, message: `kubelet ${version.value}` }
    if (least - minor > allowed) {
      return report.fail(evidence, {
        message: `the kubelet is 1.${minor} and the API server ${of}: more than ${allowed} minor releases apart (rule as of ${AS_OF})`,
        fix: advice('Drain the node and upgrade its kubelet, one minor release at a time.', {
          breaks: 'pods move while the node is drained',
        }),
      })
    }
    if (server !== undefined && minor > server.minor) {
      return report.fail(evidence, {
        message: `the kubelet is 1.${minor}, newer than an API server of 1.${server.minor} (rule as of ${AS_OF})`,
        fix: advice('Upgrade the API servers first, all of them.'),
      })
    }
    // The newest kubelets say nothing about a server that may be newer still; asked once, of the first node.
    if (server === undefined && index.ofKind('', 'Node')[0] === object) {
      report.unknown(
        unknown('version-unknown', 'no pod read here says which version the API server has', version.origin),
      )
    }
  },
  examples: {
    bad: { manifests: `${server('v1.36.2')}---\n${node('worker-1', { info: 'kubeletVersion: v1.32.0' })}` },
    good: { manifests: `${server('v1.36.2')}---\n${node('worker-1', { info: 'kubeletVersion: v1.35.0' })}` },
  },
})

function server(version: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver-cp-1
  namespace: kube-system
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:${version}
`
}
