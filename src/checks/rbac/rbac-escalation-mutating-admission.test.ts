import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationMutatingAdmission } from './rbac-escalation-mutating-admission.js'

escalationTests(rbacEscalationMutatingAdmission, 'escalation-mutating-admission')
