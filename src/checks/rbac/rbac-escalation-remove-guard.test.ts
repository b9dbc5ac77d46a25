import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationRemoveGuard } from './rbac-escalation-remove-guard.js'

escalationTests(rbacEscalationRemoveGuard, 'escalation-remove-guard')
