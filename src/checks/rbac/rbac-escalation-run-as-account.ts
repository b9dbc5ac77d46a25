import { cis } from '../references.js'
import { escalationCheck } from './escalation-check.js'

export const rbacEscalationRunAsAccount = escalationCheck('escalation-run-as-account', {
  title: 'A subject may start pods that run as any service account',
  references: [cis('5.1.4')],
  why: 'Whoever may make pods chooses their service account and what they mount: every account, Secret and volume claim of the namespace is within reach.',
})
