import { escalationCheck } from './escalation-check.js'

export const rbacEscalationExecGet = escalationCheck('escalation-exec-get', {
  title: 'A subject that may only read may run commands in any pod',
  why: 'Before Kubernetes 1.35 a GET over a websocket starts a command, so that a read-only role with pods/exec is none.',
})
