import { cis } from '../references.js'
import { escalationCheck } from './escalation-check.js'

export const rbacEscalationReadSecrets = escalationCheck('escalation-read-secrets', {
  title: 'A subject may read every Secret',
  aliases: ['rbac-secrets-cluster-wide'],
  references: [cis('5.1.2')],
  why: 'Secrets hold tokens of service accounts, certificates and passwords of other systems. A list shows their content as reading one does.',
})
