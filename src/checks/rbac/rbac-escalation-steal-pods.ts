import { escalationCheck } from './escalation-check.js'

export const rbacEscalationStealPods = escalationCheck('escalation-steal-pods', {
  title: 'A subject may move pods to a node of its choice',
  why: 'Taints, labels and capacity decide where pods run. With a node under its control a subject draws pods, and their service accounts, there.',
})
