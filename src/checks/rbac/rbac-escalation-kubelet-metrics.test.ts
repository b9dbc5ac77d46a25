import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationKubeletMetrics } from './rbac-escalation-kubelet-metrics.js'

escalationTests(rbacEscalationKubeletMetrics, 'escalation-kubelet-metrics')
