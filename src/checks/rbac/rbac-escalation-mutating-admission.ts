import { cis } from '../references.js'
import { escalationCheck } from './escalation-check.js'

export const rbacEscalationMutatingAdmission = escalationCheck('escalation-mutating-admission', {
  title: 'A subject may change every object on its way into the cluster',
  references: [cis('5.1.12')],
  why: 'A mutating webhook or policy rewrites what others create: it can put a container into every pod and a subject into every binding.',
})
