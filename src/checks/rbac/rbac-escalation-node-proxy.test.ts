import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationNodeProxy } from './rbac-escalation-node-proxy.js'

escalationTests(rbacEscalationNodeProxy, 'escalation-node-proxy')
