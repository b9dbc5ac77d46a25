import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationOperators } from './rbac-escalation-operators.js'

escalationTests(rbacEscalationOperators, 'escalation-operators')
