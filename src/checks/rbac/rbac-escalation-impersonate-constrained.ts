import { cis } from '../references.js'
import { escalationCheck } from './escalation-check.js'

export const rbacEscalationImpersonateConstrained = escalationCheck('escalation-impersonate-constrained', {
  title: 'A subject may act as any user for some verbs',
  references: [cis('5.1.8')],
  why: 'Constrained impersonation needs two rights: one on the identity and one on what is done. Held without names, the first half makes every identity but system:masters available for those verbs.',
})
