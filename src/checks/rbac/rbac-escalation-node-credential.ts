import { escalationCheck } from './escalation-check.js'
import { bindingOf, clusterRole } from './example-objects.js'

const pod = (node: string): string => `---
apiVersion: v1
kind: Pod
metadata: { name: agent-0, namespace: ci }
spec:
  ${node}serviceAccountName: runner
  containers: [{ name: agent, image: registry.example/agent:1 }]
`
const READS_SECRETS = clusterRole('ci-runner', [{ verbs: ['list'], apiGroups: [''], resources: ['secrets'] }])
const RIGHTS = `${READS_SECRETS}---
${bindingOf('ci-runner', 'ci-runner', { kind: 'ServiceAccount', namespace: 'ci', name: 'runner' })}`

export const rbacEscalationNodeCredential = escalationCheck('escalation-node-credential', {
  title: 'Whoever takes a node holds the rights of a service account with wide rights',
  why: 'A kubelet may ask for a token of every service account whose pod runs on its node. With an account that reads every Secret or may do everything on a node, one node that is taken is the whole cluster. Each node on which it runs counts.',
  examples: {
    bad: { manifests: `${RIGHTS}${pod('nodeName: worker-1\n  ')}` },
    good: { manifests: `${RIGHTS}${pod('')}` },
  },
})
