import { escalationCheck } from './escalation-check.js'

export const rbacEscalationOperators = escalationCheck('escalation-operators', {
  title: 'A subject may have an operator with wide rights act for it',
  why: 'Operators do what their resources ask for, with their own rights: a workflow, a pipeline run or a Helm release runs what it names.',
})
