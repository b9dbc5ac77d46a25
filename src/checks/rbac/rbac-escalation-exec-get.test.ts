import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationExecGet } from './rbac-escalation-exec-get.js'

escalationTests(rbacEscalationExecGet, 'escalation-exec-get')
