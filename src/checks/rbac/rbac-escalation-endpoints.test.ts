import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationEndpoints } from './rbac-escalation-endpoints.js'

escalationTests(rbacEscalationEndpoints, 'escalation-endpoints')
