import { cis } from '../references.js'
import { escalationCheck } from './escalation-check.js'

export const rbacEscalationBind = escalationCheck('escalation-bind', {
  title: 'A subject may bind roles that it does not hold',
  references: [cis('5.1.8')],
  why: 'The API server lets nobody bind a role with more rights than the writer has. The verb `bind` switches that off: cluster-admin is one binding away.',
})
