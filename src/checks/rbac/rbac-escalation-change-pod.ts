import { escalationCheck } from './escalation-check.js'

export const rbacEscalationChangePod = escalationCheck('escalation-change-pod', {
  title: 'A subject may change the image of running pods',
  why: 'The image of a pod can be changed while it runs: the container starts again with other code and the same service account.',
})
