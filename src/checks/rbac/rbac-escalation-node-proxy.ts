import { cis } from '../references.js'
import { escalationCheck } from './escalation-check.js'

export const rbacEscalationNodeProxy = escalationCheck('escalation-node-proxy', {
  title: 'A subject may run commands in every pod of a node through the kubelet',
  references: [cis('5.1.10')],
  why: 'The API server passes the request on to the kubelet as itself. Reading is enough, because the kubelet takes a websocket for exec; neither admission nor the audit log sees the command.',
})
