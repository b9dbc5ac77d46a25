import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationReadEverything } from './rbac-escalation-read-everything.js'

escalationTests(rbacEscalationReadEverything, 'escalation-read-everything')
