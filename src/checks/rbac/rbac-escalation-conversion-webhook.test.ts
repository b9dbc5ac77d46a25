import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationConversionWebhook } from './rbac-escalation-conversion-webhook.js'

escalationTests(rbacEscalationConversionWebhook, 'escalation-conversion-webhook')
