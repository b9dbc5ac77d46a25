import { checkTests } from '../../../test/kit/check-tests.js'
import { wideGrantRows } from '../../../test/kit/wide-grant-rows.js'
import { rbacUnauthenticated } from './rbac-unauthenticated.js'

checkTests(rbacUnauthenticated, wideGrantRows({ kind: 'Group', name: 'system:unauthenticated' }, 'critical'))
