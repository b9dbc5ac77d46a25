import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationServiceTraffic } from './rbac-escalation-service-traffic.js'

escalationTests(rbacEscalationServiceTraffic, 'escalation-service-traffic')
