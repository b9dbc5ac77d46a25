import { escalationCheck } from './escalation-check.js'
import { bindingOf, clusterRole } from './example-objects.js'

const NAMESPACE = `---
apiVersion: v1
kind: Namespace
metadata: { name: ci }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: default, namespace: ci }
`
const MAKES_ACCOUNTS = `${clusterRole('accounts', [
  { verbs: ['create'], apiGroups: [''], resources: ['serviceaccounts', 'serviceaccounts/token'] },
])}---
${bindingOf('accounts', 'accounts', { kind: 'User', name: 'dora' })}`
const GIVEN = `---
${bindingOf('old', 'accounts', { kind: 'ServiceAccount', namespace: 'ci', name: 'jenkins' })}`

export const rbacEscalationAbsentAccount = escalationCheck('escalation-absent-account', {
  title: 'A subject may create a service account that a binding already gives rights to',
  why: 'A binding may name an account that does not exist. Who makes it, and runs a pod as it or asks for its token, has what the binding gives; no check of escalation is made then.',
  examples: {
    bad: { complete: true, manifests: `${MAKES_ACCOUNTS}${NAMESPACE}${GIVEN}` },
    good: { complete: true, manifests: `${MAKES_ACCOUNTS}${NAMESPACE}` },
  },
})
