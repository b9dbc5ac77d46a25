import { cis } from '../references.js'
import { escalationCheck } from './escalation-check.js'

export const rbacEscalationReadEverything = escalationCheck('escalation-read-everything', {
  title: 'A subject may read every object',
  references: [cis('5.1.2')],
  why: 'Reading all resources of all groups includes Secrets and every kind that is added later.',
})
