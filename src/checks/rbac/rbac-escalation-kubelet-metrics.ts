import { escalationCheck } from './escalation-check.js'

export const rbacEscalationKubeletMetrics = escalationCheck('escalation-kubelet-metrics', {
  title: 'A subject may read from the kubelet which containers run',
  why: 'The metrics of the kubelet name every pod, container and image of its node; monitoring needs them, little else does.',
})
