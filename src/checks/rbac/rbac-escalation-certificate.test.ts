import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationCertificate } from './rbac-escalation-certificate.js'

escalationTests(rbacEscalationCertificate, 'escalation-certificate')
