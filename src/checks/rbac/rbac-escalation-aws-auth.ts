import { escalationCheck } from './escalation-check.js'

export const rbacEscalationAwsAuth = escalationCheck('escalation-aws-auth', {
  title: 'A subject may map AWS identities to users of the cluster',
  why: 'On EKS the ConfigMap aws-auth says which AWS identity is which user; an entry for system:masters is cluster-admin.',
})
