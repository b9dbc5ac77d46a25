import { checkTests } from '../../../test/kit/check-tests.js'
import { wideGrantRows } from '../../../test/kit/wide-grant-rows.js'
import { rbacAuthenticated } from './rbac-authenticated.js'

checkTests(rbacAuthenticated, wideGrantRows({ kind: 'Group', name: 'system:authenticated' }, 'high'))
