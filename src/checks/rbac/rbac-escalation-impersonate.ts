import { cis } from '../references.js'
import { escalationCheck } from './escalation-check.js'

export const rbacEscalationImpersonate = escalationCheck('escalation-impersonate', {
  title: 'A subject may act as any user or group',
  references: [cis('5.1.8')],
  why: 'Impersonation changes who a request comes from, before authorization is asked: with `users` or `groups` and no names it reaches system:masters, and audit logs are the only place that still shows who it was.',
})
