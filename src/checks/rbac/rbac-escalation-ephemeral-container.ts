import { escalationCheck } from './escalation-check.js'

export const rbacEscalationEphemeralContainer = escalationCheck('escalation-ephemeral-container', {
  title: 'A subject may put containers into running pods',
  why: "An ephemeral container shares the service account and the network of the pod it is put into, with an image of the writer's choice.",
})
