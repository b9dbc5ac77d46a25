import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationTokenSecret } from './rbac-escalation-token-secret.js'

escalationTests(rbacEscalationTokenSecret, 'escalation-token-secret')
