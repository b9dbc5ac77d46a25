import { escalationTests } from '../../../test/kit/escalation-tests.js'
import { rbacEscalationHostPathVolume } from './rbac-escalation-host-path-volume.js'

escalationTests(rbacEscalationHostPathVolume, 'escalation-host-path-volume')
