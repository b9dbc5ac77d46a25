import { escalationCheck } from './escalation-check.js'

export const rbacEscalationKubeletData = escalationCheck('escalation-kubelet-data', {
  title: 'A subject may read logs and memory of containers through the kubelet',
  why: 'A checkpoint holds the memory of a container, keys and tokens among it; the log endpoint serves the log folder of the node.',
})
