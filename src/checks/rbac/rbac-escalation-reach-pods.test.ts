import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationReachPods } from './rbac-escalation-reach-pods.js'

escalationTests(rbacEscalationReachPods, 'escalation-reach-pods')
