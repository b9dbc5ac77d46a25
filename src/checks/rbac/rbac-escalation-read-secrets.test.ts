import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationReadSecrets } from './rbac-escalation-read-secrets.js'

escalationTests(rbacEscalationReadSecrets, 'escalation-read-secrets')
