import { checkTests } from '../../../test/kit/check-tests.js'
import { wideGrantRows } from '../../../test/kit/wide-grant-rows.js'
import { rbacAnonymous } from './rbac-anonymous.js'

checkTests(rbacAnonymous, wideGrantRows({ kind: 'User', name: 'system:anonymous' }, 'critical'))
