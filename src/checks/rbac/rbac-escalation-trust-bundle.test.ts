import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationTrustBundle } from './rbac-escalation-trust-bundle.js'

escalationTests(rbacEscalationTrustBundle, 'escalation-trust-bundle')
