import { escalationCheck } from './escalation-check.js'

export const rbacEscalationReachPods = escalationCheck('escalation-reach-pods', {
  title: 'A subject may reach ports of pods past network policies',
  why: 'Port forwarding and the proxy of the API server come from the node or the control plane, which network policies let pass.',
})
