import { cis } from '../references.js'
import { escalationCheck } from './escalation-check.js'

export const rbacEscalationCertificate = escalationCheck('escalation-certificate', {
  title: 'A subject may have certificates of other users signed',
  references: [cis('5.1.11')],
  why: 'A signed client certificate is a user: its name and groups are what the request says. It cannot be revoked before it ends.',
})
