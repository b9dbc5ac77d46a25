import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationImpersonate } from './rbac-escalation-impersonate.js'

escalationTests(rbacEscalationImpersonate, 'escalation-impersonate')
