import { escalationCheck } from './escalation-check.js'

export const rbacEscalationSchedule = escalationCheck('escalation-schedule', {
  title: 'A subject may bind pods to a node of its choice',
  why: "Binding a pod to a node is what the scheduler does; on a node under its control the subject has the pod's service account.",
})
