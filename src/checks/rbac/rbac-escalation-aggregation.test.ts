import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationAggregation } from './rbac-escalation-aggregation.js'

escalationTests(rbacEscalationAggregation, 'escalation-aggregation')
