import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationEscalate } from './rbac-escalation-escalate.js'

escalationTests(rbacEscalationEscalate, 'escalation-escalate')
