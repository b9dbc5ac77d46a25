import { escalationCheck } from './escalation-check.js'

export const rbacEscalationTokenSecret = escalationCheck('escalation-token-secret', {
  title: 'A subject may have a token of any service account written into a Secret',
  why: 'A Secret of type kubernetes.io/service-account-token that names an account is filled with a token that does not expire; who may read it has the account.',
})
