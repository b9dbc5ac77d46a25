import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationEphemeralContainer } from './rbac-escalation-ephemeral-container.js'

escalationTests(rbacEscalationEphemeralContainer, 'escalation-ephemeral-container')
