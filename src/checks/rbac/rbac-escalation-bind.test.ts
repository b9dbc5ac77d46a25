import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationBind } from './rbac-escalation-bind.js'

escalationTests(rbacEscalationBind, 'escalation-bind')
