import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationApiService } from './rbac-escalation-api-service.js'

escalationTests(rbacEscalationApiService, 'escalation-api-service')
