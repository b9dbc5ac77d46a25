import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationToken } from './rbac-escalation-token.js'

escalationTests(rbacEscalationToken, 'escalation-token')
