import { cis } from '../references.js'
import { escalationCheck } from './escalation-check.js'

export const rbacEscalationPrivilegedPod = escalationCheck('escalation-privileged-pod', {
  title: 'A subject may start privileged pods',
  references: [cis('5.1.4')],
  why: 'A privileged pod, or one that mounts the root of its node, is root there: it takes the credentials of the kubelet and of every pod on it. Pod Security admission stops it where it enforces baseline or restricted.',
})
