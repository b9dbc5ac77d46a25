import { cis } from '../references.js'
import { escalationCheck } from './escalation-check.js'

export const rbacEscalationEscalate = escalationCheck('escalation-escalate', {
  title: 'A subject may put rights into roles that it does not hold',
  references: [cis('5.1.8')],
  why: 'The API server lets nobody write a role with more rights than the writer has. The verb `escalate` switches that off: with the right to change one role that the subject has, it can give itself everything.',
})
