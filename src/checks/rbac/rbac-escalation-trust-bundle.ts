import { escalationCheck } from './escalation-check.js'

export const rbacEscalationTrustBundle = escalationCheck('escalation-trust-bundle', {
  title: 'A subject may change which certificates workloads trust',
  why: 'A ClusterTrustBundle is mounted as the list of trusted authorities: one of its own lets the subject stand in for any server.',
})
