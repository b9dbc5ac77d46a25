import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationPrivilegedPod } from './rbac-escalation-privileged-pod.js'

escalationTests(rbacEscalationPrivilegedPod, 'escalation-privileged-pod')
