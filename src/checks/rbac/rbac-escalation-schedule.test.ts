import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationSchedule } from './rbac-escalation-schedule.js'

escalationTests(rbacEscalationSchedule, 'escalation-schedule')
