import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationClusterDns } from './rbac-escalation-cluster-dns.js'

escalationTests(rbacEscalationClusterDns, 'escalation-cluster-dns')
