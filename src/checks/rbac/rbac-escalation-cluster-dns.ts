import { escalationCheck } from './escalation-check.js'

export const rbacEscalationClusterDns = escalationCheck('escalation-cluster-dns', {
  title: "A subject may change the configuration of the cluster's DNS",
  why: 'Names are how workloads find one another: an answer of its choice draws their traffic to the subject.',
})
