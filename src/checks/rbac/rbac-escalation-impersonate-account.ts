import { cis } from '../references.js'
import { escalationCheck } from './escalation-check.js'

export const rbacEscalationImpersonateAccount = escalationCheck('escalation-impersonate-account', {
  title: 'A subject may act as any service account',
  references: [cis('5.1.8')],
  why: 'Acting as a service account needs no token and no pod. It gives the rights of every controller that runs in the same scope.',
})
