import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationRunAsAccount } from './rbac-escalation-run-as-account.js'

escalationTests(rbacEscalationRunAsAccount, 'escalation-run-as-account')
