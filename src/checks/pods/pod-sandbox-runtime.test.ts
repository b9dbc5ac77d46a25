import { checkTests } from '../../../test/kit/check-tests.js'
import { podSandboxRuntime } from './pod-sandbox-runtime.js'

const LIMITS = 'resources: {limits: {cpu: 1, memory: 1Gi}}'
const template = (
  pod: string,
  container = LIMITS,
  spec = '',
): string => `apiVersion: extensions.agents.x-k8s.io/v1beta1
kind: SandboxTemplate
metadata: {name: python, namespace: shop}
spec:
  ${spec}
  podTemplate: {metadata: {labels: {app: py}}, spec: {${pod}containers: [{name: py, image: a, ${container}}]}}
`
const POLICY = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: py, namespace: shop}
spec: {podSelector: {matchLabels: {app: py}}, policyTypes: [Egress]}
`
const UNMANAGED = 'networkPolicyManagement: Unmanaged'

checkTests(podSandboxRuntime, [
  {
    name: 'the usual runtime',
    kind: 'failing',
    given: { manifests: template('') },
    expect: [
      { result: 'fail', severity: 'medium', path: 'spec.podTemplate.spec.runtimeClassName', fix: 'advice' },
    ],
  },
  {
    name: 'no limits',
    kind: 'failing',
    given: { manifests: template('runtimeClassName: gvisor, ', '') },
    expect: [{ result: 'fail', message: /no limit/ }],
  },
  {
    name: 'a kernel of its own',
    kind: 'passing',
    given: { manifests: template('runtimeClassName: kata-qemu, ') },
    expect: [],
  },
  {
    name: 'a policy that somebody else made',
    kind: 'odd',
    given: { manifests: `${template('runtimeClassName: gvisor, ', LIMITS, UNMANAGED)}${POLICY}` },
    expect: [],
  },
  {
    name: 'a class of another handler',
    kind: 'odd',
    given: {
      manifests: `${template('runtimeClassName: gvisor, ')}---
apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata: {name: gvisor}
handler: runc
`,
    },
    expect: [{ result: 'fail', message: /RuntimeClass gvisor/ }],
  },
  {
    name: 'whether a policy is there',
    kind: 'unknown',
    given: { manifests: template('runtimeClassName: gvisor, ', LIMITS, UNMANAGED) },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
