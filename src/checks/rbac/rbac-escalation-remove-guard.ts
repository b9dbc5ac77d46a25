import { cis } from '../references.js'
import { escalationCheck } from './escalation-check.js'

export const rbacEscalationRemoveGuard = escalationCheck('escalation-remove-guard', {
  title: 'A subject may switch admission checks off',
  references: [cis('5.1.12')],
  why: 'Validating webhooks and policies are often what keeps workloads within bounds; who may delete or change them is not held by them, and a webhook reads all that passes through it.',
})
