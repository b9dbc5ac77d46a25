import { escalationCheck } from './escalation-check.js'

export const rbacEscalationAggregation = escalationCheck('escalation-aggregation', {
  title: 'A subject may widen the roles admin, edit and view',
  why: 'A ClusterRole with an aggregation label becomes part of admin, edit or view at once, for everybody who is bound to them.',
})
