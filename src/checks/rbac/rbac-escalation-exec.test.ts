import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationExec } from './rbac-escalation-exec.js'

escalationTests(rbacEscalationExec, 'escalation-exec')
