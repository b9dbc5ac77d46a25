import { escalationCheck } from './escalation-check.js'

export const rbacEscalationReadSecrets = escalationCheck('escalation-read-secrets', {
  title: 'A subject may read every Secret',
  why: 'Secrets hold tokens of service accounts, certificates and passwords of other systems. A list shows their content as reading one does.',
})
