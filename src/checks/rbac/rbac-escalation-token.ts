import { escalationCheck } from './escalation-check.js'

export const rbacEscalationToken = escalationCheck('escalation-token', {
  title: 'A subject may issue tokens of any service account',
  why: 'A token of a service account is that account, for as long as it lives, from wherever it is used.',
})
