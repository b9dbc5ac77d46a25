import { escalationCheck } from './escalation-check.js'

export const rbacEscalationExec = escalationCheck('escalation-exec', {
  title: 'A subject may run commands in any pod',
  why: 'A command in a pod runs as that pod: with its service account, its mounts and its network.',
})
