import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationStealPods } from './rbac-escalation-steal-pods.js'

escalationTests(rbacEscalationStealPods, 'escalation-steal-pods')
