import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationImpersonateAccount } from './rbac-escalation-impersonate-account.js'

escalationTests(rbacEscalationImpersonateAccount, 'escalation-impersonate-account')
