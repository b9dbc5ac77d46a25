import { escalationCheck } from './escalation-check.js'

export const rbacEscalationEndpoints = escalationCheck('escalation-endpoints', {
  title: 'A subject may draw the traffic of Services',
  why: 'Endpoints and EndpointSlices say where a Service leads; what is written there gets its traffic.',
})
