import { escalationCheck } from './escalation-check.js'

export const rbacEscalationConversionWebhook = escalationCheck('escalation-conversion-webhook', {
  title: 'A subject may change custom resources through a conversion webhook',
  why: 'A conversion webhook sees and rewrites every object of its kind whenever it is read or written in another version.',
})
