import { escalationCheck } from './escalation-check.js'

export const rbacEscalationServiceTraffic = escalationCheck('escalation-service-traffic', {
  title: 'A subject may draw traffic to an address of its choice',
  why: 'With an external or load balancer address in its status a Service takes over traffic to that address inside the cluster (CVE-2020-8554).',
})
