import { escalationCheck } from './escalation-check.js'

export const rbacEscalationReadEverything = escalationCheck('escalation-read-everything', {
  title: 'A subject may read every object',
  why: 'Reading all resources of all groups includes Secrets and every kind that is added later.',
})
