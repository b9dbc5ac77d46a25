import { cis } from '../references.js'
import { escalationCheck } from './escalation-check.js'

export const rbacEscalationToken = escalationCheck('escalation-token', {
  title: 'A subject may issue tokens of any service account',
  references: [cis('5.1.13')],
  why: 'A token of a service account is that account, for as long as it lives, from wherever it is used.',
})
