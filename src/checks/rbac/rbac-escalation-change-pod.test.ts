import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationChangePod } from './rbac-escalation-change-pod.js'

escalationTests(rbacEscalationChangePod, 'escalation-change-pod')
