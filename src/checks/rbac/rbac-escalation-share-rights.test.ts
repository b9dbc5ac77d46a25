import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationShareRights } from './rbac-escalation-share-rights.js'

escalationTests(rbacEscalationShareRights, 'escalation-share-rights')
