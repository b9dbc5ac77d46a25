import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationAwsAuth } from './rbac-escalation-aws-auth.js'

escalationTests(rbacEscalationAwsAuth, 'escalation-aws-auth')
