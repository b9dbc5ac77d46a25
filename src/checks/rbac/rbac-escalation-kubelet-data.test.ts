import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationKubeletData } from './rbac-escalation-kubelet-data.js'

escalationTests(rbacEscalationKubeletData, 'escalation-kubelet-data')
