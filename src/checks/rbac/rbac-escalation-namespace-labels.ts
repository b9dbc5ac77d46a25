import { escalationCheck } from './escalation-check.js'

export const rbacEscalationNamespaceLabels = escalationCheck('escalation-namespace-labels', {
  title: 'A subject may take Pod Security enforcement off a namespace',
  why: 'The level that Pod Security admission enforces is a label of the namespace: whoever may change labels may remove it.',
})
