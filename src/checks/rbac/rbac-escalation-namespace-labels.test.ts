import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationNamespaceLabels } from './rbac-escalation-namespace-labels.js'

escalationTests(rbacEscalationNamespaceLabels, 'escalation-namespace-labels')
