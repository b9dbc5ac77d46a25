import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationImpersonateConstrained } from './rbac-escalation-impersonate-constrained.js'

escalationTests(rbacEscalationImpersonateConstrained, 'escalation-impersonate-constrained')
